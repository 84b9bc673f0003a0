using Microsoft.AspNetCore.Http;
using Stoa.Kernel;

namespace Stoa.Gateway;

/// <summary><c>GET /health</c>: 200 while at least one service can be reached, with what each said last.</summary>
public static class ShowHealth
{
    /// <summary><c>ok</c>, <c>degraded</c> (some service is down) or <c>down</c> (503).</summary>
    public static IResult Handle(WatchHealth health)
    {
        ArgumentNullException.ThrowIfNull(health);
        var services = health.Services;
        var ready = services.Values.Count(one => one.Replicas > 0);
        var status = ready == 0 ? "down" : ready == services.Count ? "ok" : "degraded";
        return Results.Json(new { status, services }, Json.Options, statusCode: ready == 0 ? 503 : 200);
    }
}
