using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stoa.Kernel;

namespace Stoa.WebKit;

/// <summary>
/// A stand-in for the Gateway, so that a page can be shown whatever answer a test wants it to meet. The journeys ask the
/// real one.
/// </summary>
public abstract class FakeGateway
{
    public const string HostileName = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly ConcurrentDictionary<string, Func<Call, (int Status, object? Body)>> _answers = [];

    public sealed record Call(string Line, string Query, JsonElement Body, IHeaderDictionary Headers)
    {
        public string? Token => Headers.Authorization.ToString() is { Length: > 7 } text ? text[7..] : null;
        public string? Key => Headers["Idempotency-Key"];

        /// <summary>The body as it came.</summary>
        public byte[] Bytes { get; init; } = [];
    }

    /// <summary>Every call that arrived, in order.</summary>
    public ConcurrentQueue<Call> Calls { get; } = [];

    public Call[] CallsTo(string line) => [.. Calls.Where(call => call.Line == line)];

    /// <summary>From now on, what a call answers.</summary>
    /// <param name="line">"POST /api/orders".</param>
    public void On(string line, int status, object? body = null) => _answers[line] = _ => (status, body);

    public void On(string line, Func<Call, (int, object?)> answer) => _answers[line] = answer;

    public static object Refusal(int status, string code, object? extra = null)
    {
        var problem = new Dictionary<string, object?> { ["status"] = status, ["title"] = code, ["code"] = code, ["detail"] = code, ["traceId"] = "t" };
        foreach (var (name, value) in JsonSerializer.SerializeToElement(extra ?? new { }, Web).Deserialize<Dictionary<string, object?>>(Web)!) problem[name] = value;
        return problem;
    }

    public static object Usd(long amount) => new { amount, currency = "USD" };

    public static object List(params object[] items) => new { items, nextCursor = (string?)null };

    public WebApplication Build(string[] args, Seams? seams)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(seams!.Settings["urls"]!);
        Defaults();
        var app = builder.Build();
        app.Run(Answer);
        return app;
    }

    /// <summary>What is answered where a test says nothing else.</summary>
    protected abstract void Defaults();

    private async Task Answer(HttpContext context)
    {
        var line = $"{context.Request.Method} {context.Request.Path}";
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes);
        var body = context.Request.HasJsonContentType() ? JsonSerializer.Deserialize<JsonElement>(bytes.ToArray(), Web) : default;
        var call = new Call(line, context.Request.QueryString.ToString(), body, new HeaderDictionary(context.Request.Headers.ToDictionary(h => h.Key, h => h.Value))) { Bytes = bytes.ToArray() };
        Calls.Enqueue(call);
        var (status, answer) = _answers.TryGetValue(line, out var known) ? known(call) : (404, Refusal(404, "not_found"));
        context.Response.StatusCode = status;
        if (answer is not null) await context.Response.WriteAsJsonAsync(answer, Web, status < 400 ? "application/json" : "application/problem+json");
    }
}
