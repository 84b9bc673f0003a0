using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Stoa.Kernel;

/// <summary>Around every request: its deadline, and headers that every answer carries.</summary>
internal sealed class RequestFrame(RequestDelegate next, TimeProvider clock)
{
    public async Task Invoke(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        Deadline.RememberClient(context);
        var length = Deadline.Asked(context.Request);
        using var late = new CancellationTokenSource();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, late.Token);
        var lifetime = new Lifetime(context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>(), over.Token);
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        await using var alarm = clock.CreateTimer(_ => Ring(context, late), null, length, Timeout.InfiniteTimeSpan);
        Deadline.Start(clock, length);
        await next(context);
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
