using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;

namespace Stoa.Bare;

/// <summary>One YARP hop with the library's defaults.</summary>
internal static class Proxy
{
    public static void Add(WebApplicationBuilder host)
    {
        var to = host.Configuration["To"]!.Split(',');
        host.Services.AddReverseProxy().LoadFromMemory(
            [.. to.Select((_, number) => new RouteConfig
            {
                RouteId = $"{number}",
                ClusterId = $"{number}",
                Match = new RouteMatch { Path = $"/{number}/{{**rest}}" },
            })],
            [.. to.Select((url, number) => new ClusterConfig
            {
                ClusterId = $"{number}",
                Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = url } },
            })]);
    }
}
