using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stoa.Kernel;

namespace Stoa.StripeSandbox.Tests;

/// <summary>Stands where the Gateway's webhook address is.</summary>
public sealed class Receiver
{
    private readonly ConcurrentQueue<(string Signature, string Body)> received = new();

    public int Answers { get; set; } = 200;

    public IReadOnlyList<(string Signature, string Body)> Received => [.. received];

    /// <summary>The types of the events received about a thing, in the order of arrival.</summary>
    public string[] TypesAbout(string subject) =>
        [.. Received.Select(one => JsonSerializer.Deserialize<JsonElement>(one.Body)).Where(one => one.At("data.object.id") == subject).Select(one => one.At("type"))];

    /// <summary>Checks a signature as Stripe's documentation tells receivers to.</summary>
    public static bool Verifies(string header, string body, string secret)
    {
        var parts = header.Split(',').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1]);
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(parts["t"] + "." + body));
        return Convert.ToHexString(expected).Equals(parts["v1"], StringComparison.OrdinalIgnoreCase)
            && long.Parse(parts["t"], CultureInfo.InvariantCulture) > 0;
    }

    public WebApplication Build(string[] args, Seams? seams)
    {
        var host = WebApplication.CreateSlimBuilder();
        host.Logging.ClearProviders();
        host.WebHost.UseUrls(seams!.Settings["urls"]!);
        var app = host.Build();
        app.MapPost("/" + SandboxOptions.WebhookPath, async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            received.Enqueue((context.Request.Headers["Stripe-Signature"].ToString(), await reader.ReadToEndAsync(context.RequestAborted)));
            return Results.StatusCode(Answers);
        });
        return app;
    }
}
