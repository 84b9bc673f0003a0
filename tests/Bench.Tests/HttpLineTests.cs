using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stoa.Bench.Load;

namespace Stoa.Bench.Tests;

/// <summary>The generator's own HTTP against the framework's server.</summary>
public sealed class HttpLineTests : IAsyncLifetime
{
    private WebApplication _server = null!;
    private HttpLine _line = null!;

    public async ValueTask InitializeAsync()
    {
        var host = WebApplication.CreateSlimBuilder();
        host.Logging.ClearProviders();
        host.WebHost.UseUrls("http://127.0.0.1:0");
        _server = host.Build();
        _server.MapGet("/length", () => Results.Text("whole"));
        _server.MapGet("/chunks", async (HttpResponse response) =>
        {
            foreach (var part in new[] { "one ", new string('x', 5000), " three" })
            {
                await response.WriteAsync(part);
                await response.Body.FlushAsync();
            }
        });
        _server.MapPost("/echo", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            return Results.Text($"{request.Headers.Authorization} {request.Headers["Idempotency-Key"]} {await reader.ReadToEndAsync()}", statusCode: 201);
        });
        _server.MapDelete("/nothing", () => Results.NoContent());
        await _server.StartAsync();
        _line = new HttpLine(new Uri(_server.Urls.Single()));
    }

    public async ValueTask DisposeAsync()
    {
        _line.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Reads_a_body_of_a_known_length() => Assert.Equal((200, "whole"), await Send("GET", "/length"));

    [Fact]
    public async Task Joins_chunks() => Assert.Equal((200, "one " + new string('x', 5000) + " three"), await Send("GET", "/chunks"));

    [Fact]
    public async Task Reads_an_answer_without_a_body() => Assert.Equal((204, ""), await Send("DELETE", "/nothing"));

    [Fact]
    public async Task Sends_token_key_and_body()
    {
        var reply = await _line.Send(HttpLine.Request("POST", "/echo", "t", "k", "{}"u8.ToArray()));

        Assert.Equal((201, "Bearer t k {}"), (reply.Status, Encoding.UTF8.GetString(reply.Body.Span)));
    }

    [Fact]
    public async Task Serves_many_requests_on_one_connection()
    {
        for (var again = 0; again < 3; again++)
        {
            Assert.Equal((200, "whole"), await Send("GET", "/length"));
            Assert.Equal(404, (await Send("GET", "/missing")).Status);
        }
    }

    private async Task<(int Status, string Body)> Send(string method, string path)
    {
        var reply = await _line.Send(HttpLine.Request(method, path));
        return (reply.Status, Encoding.UTF8.GetString(reply.Body.Span));
    }
}
