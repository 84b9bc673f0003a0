using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Stoa.Kernel;

/// <summary>Around every request: its deadline, headers that every answer carries, and the count of it.</summary>
internal sealed class RequestFrame(RequestDelegate next, TimeProvider clock, LastHour hour)
{
    public async Task Invoke(HttpContext context)
    {
        context.Response.OnStarting(TakeAtItsWord, context.Response);
        Deadline.RememberClient(context);
        var length = Deadline.Asked(context.Request);
        using var late = new CancellationTokenSource();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, late.Token);
        var lifetime = new Lifetime(context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>(), over.Token);
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        await using var alarm = clock.CreateTimer(_ => Ring(context, late), null, length, Timeout.InfiniteTimeSpan);
        Deadline.Start(clock, length);
        var began = clock.GetTimestamp();
        await next(context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<IDisableHttpMetricsMetadata>() is null) hour.Note(clock.GetElapsedTime(began), context.Response.StatusCode);
    }

    /// <summary>Set as the answer leaves, and not before: a proxy adds the headers of the answer it fetched to those that
    /// stand here, and a fault's page clears them.</summary>
    private static Task TakeAtItsWord(object response)
    {
        ((HttpResponse)response).Headers.XContentTypeOptions = "nosniff";
        return Task.CompletedTask;
    }

    private static void Ring(HttpContext context, CancellationTokenSource late)
    {
        try
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<KeepsItsOwnTime>() is null) late.Cancel();
        }
        catch (ObjectDisposedException)
        {
            return; // the answer left at this very moment
        }
    }

    private sealed class Lifetime(IHttpRequestLifetimeFeature client, CancellationToken aborted) : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; } = aborted;

        public void Abort() => client.Abort();
    }
}
