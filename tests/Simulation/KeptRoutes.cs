using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Stoa.Simulation;

/// <summary>The routes of a service, the same in each of its lives: the framework puts their handlers together with much
/// reflection, once in this process, and every host of the service answers with them. What a request needs comes from the host
/// that it reached (<see cref="HttpContext.RequestServices"/>), so that nothing of one life is seen in another.</summary>
internal sealed class KeptRoutes(string service, IReadOnlyList<EndpointDataSource> made) : EndpointDataSource
{
    private static readonly Dictionary<string, IReadOnlyList<Endpoint>> Kept = new(StringComparer.Ordinal);

    public override IReadOnlyList<Endpoint> Endpoints
    {
        get
        {
            if (Kept.TryGetValue(service, out var kept)) return kept;
            var routes = made.SelectMany(one => one.Endpoints).ToList();
            routes.ForEach(MustHoldNothing);
            return Kept[service] = routes;
        }
    }

    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;

    /// <summary>Gives a host that has not started yet the routes of the first host of its service.</summary>
    public static void In(IEndpointRouteBuilder host, string service)
    {
        var made = host.DataSources.ToList();
        host.DataSources.Clear();
        host.DataSources.Add(new KeptRoutes(service, made));
    }

    /// <summary>A handler that closes over something of its host would bring it into every later life.</summary>
    private static void MustHoldNothing(Endpoint route)
    {
        if (route.Metadata.GetMetadata<MethodInfo>()?.DeclaringType is { } type && type.FullName!.StartsWith("Stoa.", StringComparison.Ordinal)
            && type.Name.Contains("DisplayClass", StringComparison.Ordinal))
            throw new InvalidOperationException($"the handler of {route.DisplayName} closes over something of its host: take it as a parameter");
    }
}
