using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Stoa.Kit;

/// <summary>The routes of a service, the same in each of its lives: the framework puts their handlers together with much
/// reflection, once in this process, and every host of the service answers with them. What a request needs comes from the host
/// that it reached (<see cref="HttpContext.RequestServices"/>), so that nothing of one life is seen in another.</summary>
public sealed class KeptRoutes : EndpointDataSource
{
    private static readonly ConcurrentDictionary<MethodInfo, Lazy<IReadOnlyList<Endpoint>>> Kept = new();

    private static readonly HashSet<string> Services =
        ["Stoa.Users", "Stoa.Products", "Stoa.Inventory", "Stoa.Carts", "Stoa.Orders", "Stoa.Payments", "Stoa.Notifications", "Stoa.StripeSandbox"];

    private readonly Lazy<IReadOnlyList<Endpoint>> _routes;

    private KeptRoutes(MethodInfo build, IReadOnlyList<EndpointDataSource> made) =>
        _routes = Kept.GetOrAdd(build, _ => new(() => [.. made.SelectMany(one => one.Endpoints)]));

    /// <inheritdoc/>
    public override IReadOnlyList<Endpoint> Endpoints => _routes.Value;

    /// <inheritdoc/>
    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;

    /// <summary>Gives a host that has not started yet the routes of the first host that was built in the same way.</summary>
    /// <param name="host">The host.</param>
    /// <param name="build">What built it.</param>
    /// <exception cref="InvalidOperationException">A handler closes over something of its host, and would bring it into every later life.</exception>
    public static void In(IEndpointRouteBuilder host, Build build)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(build);
        var routes = new KeptRoutes(build.Method, [.. host.DataSources]);
        if (routes.Endpoints.FirstOrDefault(HoldsSomething) is { } route)
            throw new InvalidOperationException($"the handler of {route.DisplayName} closes over something of its host: take it as a parameter");
        host.DataSources.Clear();
        host.DataSources.Add(routes);
    }

    /// <summary>Whether <see cref="In"/> would take a host that was built so: a service of the store, whose routes depend on no setting.</summary>
    /// <param name="build">What builds it.</param>
    public static bool Fit(Build build) => build.Method is { Name: "Build", DeclaringType: { Name: "Program", Namespace: { } part } } && Services.Contains(part);

    private static bool HoldsSomething(Endpoint route) =>
        route.Metadata.GetMetadata<MethodInfo>()?.DeclaringType is { } type && type.FullName!.StartsWith("Stoa.", StringComparison.Ordinal)
        && type.Name.Contains("DisplayClass", StringComparison.Ordinal);
}
