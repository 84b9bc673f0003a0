using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Stoa.Journeys;

/// <summary>A merchant's server that wants no more webhooks: it answers 410.</summary>
public sealed class GoneReceiver : IAsyncDisposable
{
    private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _app;

    private GoneReceiver(WebApplication app) => _app = app;

    /// <summary>Ends with the first call.</summary>
    public Task Called => _called.Task;

    public static async Task<GoneReceiver> Open(int port)
    {
        var host = WebApplication.CreateSlimBuilder();
        host.Logging.ClearProviders();
        host.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var receiver = new GoneReceiver(host.Build());
        receiver._app.Run(receiver.Refuse);
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = 410;
        context.Response.OnCompleted(() =>
        {
            _called.TrySetResult();
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    }
}
