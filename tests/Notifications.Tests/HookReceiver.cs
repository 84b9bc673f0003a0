using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stoa.Kit;

namespace Stoa.Notifications.Tests;

/// <summary>What arrived.</summary>
public sealed record ReceivedHook(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Id => Headers["webhook-id"];
}

/// <summary>Merchants' servers, all on one address of this machine: a path is a merchant.</summary>
public sealed class HookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedHook> _received = new();
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new();
    private readonly WebApplication _app;

    private HookReceiver(WebApplication app) => _app = app;

    public int Port { get; private init; }

    public static async Task<HookReceiver> Open()
    {
        var port = TestPorts.Next();
        var host = WebApplication.CreateSlimBuilder();
        host.Logging.ClearProviders();
        host.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var receiver = new HookReceiver(host.Build()) { Port = port };
        receiver._app.Run(receiver.Take);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>What came to a path, in the order of arrival.</summary>
    public ReceivedHook[] At(string path) => [.. _received.Where(one => one.Path == path)];

    /// <summary>How a path answers from now on; before, it is 200 without a body.</summary>
    public void Answers(string path, Func<HttpContext, Task> answer) => _answers[path] = answer;

    public void Answers(string path, int status) => Answers(path, context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        TestPorts.GiveBack([Port]);
    }

    private async Task Take(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var path = context.Request.Path.Value!;
        _received.Enqueue(new ReceivedHook(path, context.Request.Headers.ToDictionary(one => one.Key, one => one.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
        if (_answers.TryGetValue(path, out var answer)) await answer(context);
    }
}
