using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Stoa.Simulation;

/// <summary>The routes of a service, the same in each of its lives: the framework puts their handlers together with much
/// reflection, once in this process, and every host of the service answers with them. What a request needs comes from the host
/// that it reached (<see cref="HttpContext.RequestServices"/>), so that nothing of one life is seen in another.</summary>
internal sealed class KeptRoutes(string service, EndpointDataSource made) : EndpointDataSource
{
    private static readonly Dictionary<string, IReadOnlyList<Endpoint>> Kept = new(StringComparer.Ordinal);

    public override IReadOnlyList<Endpoint> Endpoints
    {
        get
        {
            if (Kept.TryGetValue(service, out var kept)) return kept;
            foreach (var route in made.Endpoints) MustHoldNothing(route);
            return Kept[service] = made.Endpoints;
        }
    }

    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;

    /// <summary>Gives a host the routes of the first host of its service.</summary>
    public static void In(IServiceCollection services, string service)
    {
        var routing = services.Last(one => one.ServiceType == typeof(EndpointDataSource)).ImplementationFactory!;
        services.Replace(ServiceDescriptor.Singleton<EndpointDataSource>(provider => new KeptRoutes(service, (EndpointDataSource)routing(provider))));
    }

    /// <summary>A handler that closes over something of its host would bring it into every later life.</summary>
    private static void MustHoldNothing(Endpoint route)
    {
        if (route.Metadata.GetMetadata<MethodInfo>()?.DeclaringType is { } type && type.FullName!.StartsWith("Stoa.", StringComparison.Ordinal)
            && type.Name.Contains("DisplayClass", StringComparison.Ordinal))
            throw new InvalidOperationException($"the handler of {route.DisplayName} closes over something of its host: take it as a parameter");
    }
}
