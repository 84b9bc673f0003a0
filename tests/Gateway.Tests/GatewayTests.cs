using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Gateway.Tests;

/// <summary>The door before two small services: one that speaks for Products, one for Orders.</summary>
public sealed class GatewayTests : IAsyncLifetime
{
    private int _price = 100;
    private int _reads;
    private readonly TaskCompletionSource _importBegan = new();
    private readonly TaskCompletionSource _importEnds = new();
    private TestStore _store = null!;

    private Api Door => _store.Api("gateway");

    public async ValueTask InitializeAsync() =>
        _store = await TestStore.Start([("products", Products), ("orders", Orders), ("gateway", Program.Build)]);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private WebApplication Products(string[] args, Seams? seams)
    {
        var app = ServiceHost.Create("products", args, seams).Build();
        app.MapGet("/api/products/{slug}", (string slug, HttpContext context) =>
        {
            if (slug == "none") return Problem.NotFound("No such product.", "product_not_found");
            Interlocked.Increment(ref _reads);
            var tag = ETags.Of(_price);
            context.Response.SetETag(tag);
            return context.Request.HoldsAlready(tag) ? Results.StatusCode(304) : Results.Ok(new { slug, price = _price });
        });
        app.MapGet("/api/products/{id}/changes", (Buyer staff) => Results.Ok(new { staff.Id })).ForStaff();
        app.MapGet("/internal/secret", () => "a secret");
        app.MapPost("/api/products/import", async () =>
        {
            _importBegan.SetResult();
            await _importEnds.Task;
            return Results.Ok(new { created = 1 });
        }).KeepsOwnTime();
        return app;
    }

    private static readonly (string, string) Shortly = ("Stoa-Deadline", "50");

    private static WebApplication Orders(string[] args, Seams? seams)
    {
        var app = ServiceHost.Create("orders", args, seams).Build();
        app.MapGet("/api/orders", (Buyer buyer, HttpContext context) => Results.Ok(new
        {
            buyer.Id,
            forwarded = context.Request.Headers["X-Forwarded-For"].ToString(),
            token = context.Request.Headers[ServiceTokens.Header].ToString(),
        })).ForBuyers();
        app.MapPost("/api/orders/never", async (CancellationToken stop) => await Task.Delay(Timeout.Infinite, stop));
        app.MapPost("/api/orders", (System.Text.Json.JsonElement body) => Results.Ok(new { body })).ForBuyers();
        return app;
    }

    [Fact]
    public async Task Routes_by_address_and_passes_the_buyers_token_but_nothing_that_services_say_to_each_other()
    {
        var id = Guid.Parse("01900000-0000-7000-8000-000000000009");
        var reply = await Door.As(_store.Tokens.Customer(id)).Get("/api/orders", ("X-Forwarded-For", "6.6.6.6"), ("Stoa-Service-Token", _store.Tokens.Service("orders")));
        Assert.Equal(200, reply.Status);
        Assert.Equal(id.ToString(), reply.Json.GetProperty("id").GetString());
        Assert.Equal("127.0.0.1", reply.Json.GetProperty("forwarded").GetString());
        Assert.Equal("", reply.Json.GetProperty("token").GetString());
    }

    [Fact]
    public async Task Turns_a_bad_token_away_and_lets_public_reads_pass_without_one()
    {
        Assert.Equal((401, "unauthenticated"), Both(await Door.As("nonsense").Get("/api/orders")));
        Assert.Equal((401, "unauthenticated"), Both(await Door.Get("/api/orders")));
        Assert.Equal(200, (await Door.Get("/api/products/vase")).Status);
        Assert.Equal((404, "product_not_found"), Both(await Door.Get("/api/products/none")));
    }

    [Theory]
    [InlineData("/health"), InlineData("/api/orders"), InlineData("/api/products/vase"), InlineData("/api/products/none"), InlineData("/nowhere")]
    public async Task Each_answer_says_once_that_its_type_is_not_to_be_guessed(string path)
    {
        var reply = await Door.As(_store.Tokens.Customer(Guid.Parse("01900000-0000-7000-8000-000000000009"))).Get(path);
        Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options"))); // the service's and the Gateway's own, joined, would be two
    }

    [Theory]
    [InlineData("/internal/secret")]
    [InlineData("/INTERNAL/secret")]
    [InlineData("//internal/secret")]
    [InlineData("/api/products/../../internal/secret")]
    [InlineData("/api/products/%2e%2e/%2e%2e/internal/secret")]
    [InlineData("/api/products/..%2f..%2finternal/secret")]
    [InlineData("/api/products/..%5c..%5cinternal%5csecret")]
    [InlineData("/api/products/%252e%252e/internal/secret")]
    [InlineData("/%69nternal/secret")]
    [InlineData("/%2569nternal/secret")]
    [InlineData("/internal;x=1/secret")]
    [InlineData("/api/products/internal/secret")]
    public async Task Internal_cannot_be_reached_by_any_spelling(string path)
    {
        var answer = await Raw($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 4[0-9][0-9] ", answer);
        Assert.DoesNotContain("a secret", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_a_product_is_seen_within_two_seconds_though_reads_are_kept()
    {
        var first = await Door.Get("/api/products/vase");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Door.Get("/api/products/vase")));
        Assert.InRange(_reads, 1, 10);
        Assert.Equal(304, (await Door.Get("/api/products/vase", ("If-None-Match", first.Header("ETag")!))).Status);
        _price = 200;
        await Eventually.Get(() => Door.Get("/api/products/vase"), reply => reply.Json.GetProperty("price").GetInt32() == 200, "the new price");
    }

    [Fact]
    public async Task What_staff_alone_may_read_of_a_product_comes_from_no_cache()
    {
        var staff = Guid.Parse("01900000-0000-7000-8000-000000000008");
        var reply = await Door.As(_store.Tokens.Staff(staff)).Get("/api/products/vase/changes");
        Assert.Equal((200, staff.ToString()), (reply.Status, reply.Json.GetProperty("id").GetString()));
        Assert.Equal(401, (await Door.Get("/api/products/vase/changes")).Status);
        Assert.Equal(403, (await Door.As(_store.Tokens.Customer(staff)).Get("/api/products/vase/changes")).Status);
    }

    [Fact]
    public async Task Products_that_were_read_are_served_stale_while_products_is_down_and_others_are_503()
    {
        await Door.Get("/api/products/vase");
        await _store.Stop("products");
        var reply = await Eventually.Get(() => Door.Get("/api/products/vase"), seen => seen.Header("Stoa-Stale") == "true", "a stale answer");
        Assert.Equal(200, reply.Status);
        var other = await Door.Get("/api/products/bowl");
        Assert.Equal((503, "temporarily_unavailable"), Both(other));
        Assert.NotNull(other.Header("Retry-After"));
        await _store.Run("products");
        Assert.Equal(200, (await Eventually.Get(() => Door.Get("/api/products/bowl"), seen => seen.Status == 200, "products again")).Status);
    }

    [Fact]
    public async Task An_import_takes_as_long_as_it_takes_and_other_calls_end_at_their_deadline()
    {
        var import = Door.Post("/api/products/import", new { }, headers: Shortly);
        await Task.WhenAny(_importBegan.Task, import);
        Assert.Equal((503, "temporarily_unavailable"), Both(await Door.Post("/api/orders/never", new { }, headers: Shortly)));

        _importEnds.SetResult();

        Assert.Equal(200, (await import).Status);
    }

    [Fact]
    public async Task A_person_whose_page_is_away_reads_a_page_and_a_program_a_problem()
    {
        var page = await Door.Get("/cart", ("Accept", "text/html,application/xhtml+xml"));
        Assert.Equal((503, "text/html; charset=utf-8"), (page.Status, page.Header("Content-Type")));
        Assert.Contains("http-equiv=\"refresh\"", page.Body, StringComparison.Ordinal);
        Assert.NotNull(page.Header("Retry-After"));

        var sent = await Door.Post("/cart/lines", new { }, headers: ("Accept", "text/html"));
        Assert.DoesNotContain("http-equiv=\"refresh\"", sent.Body, StringComparison.Ordinal);
        Assert.Contains("may have arrived", sent.Body, StringComparison.Ordinal);

        Assert.Equal((503, "temporarily_unavailable"), Both(await Door.Get("/cart")));

        var german = await Door.Get("/cart", ("Accept", "text/html"), ("Accept-Language", "de-AT,de;q=0.9,en;q=0.5"));
        Assert.Contains("<html lang=\"de\">", german.Body, StringComparison.Ordinal);
        Assert.Contains("Einen Moment bitte", german.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_down_is_503_with_retry_after_and_health_tells_of_it()
    {
        await Eventually.Get(() => Door.Get("/health"), reply => Ready(reply, "orders"), "orders ready");
        await _store.Stop("orders");
        var reply = await Door.As(_store.Tokens.Customer(Guid.Parse("01900000-0000-7000-8000-000000000009"))).Get("/api/orders");
        Assert.Equal((503, "temporarily_unavailable"), Both(reply));
        Assert.NotNull(reply.Header("Retry-After"));
        var health = await Eventually.Get(() => Door.Get("/health"), seen => !Ready(seen, "orders"), "orders down");
        Assert.Equal(200, health.Status);
        Assert.Equal("degraded", health.Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Serves_the_services_documents_as_one()
    {
        var reply = await Door.Get("/api/openapi.json");
        var paths = reply.Json.GetProperty("paths");
        Assert.True(paths.TryGetProperty("/api/orders", out _));
        Assert.True(paths.TryGetProperty("/api/products/{slug}", out _));
        Assert.Equal(200, (await Door.Get("/docs/index.html")).Status);
    }

    [Fact]
    public async Task Limits_a_client_that_asks_too_much()
    {
        await using var strict = await TestStore.Start([("orders", Orders), ("gateway", Program.Build)], settings: new()
        {
            ["STOA_RATE_LIMITS"] = "",
            ["Stoa:Limits:Reads:Burst"] = "3",
            ["Stoa:Limits:Reads:PerSecond"] = "1",
        });
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => strict.Api("gateway").Get("/api/orders")));
        var limited = replies.First(reply => reply.Status == 429);
        Assert.Equal("too_many_requests", limited.Code);
        Assert.NotNull(limited.Header("Retry-After"));
    }

    [Fact]
    public async Task A_body_over_the_services_limit_is_413()
    {
        var token = _store.Tokens.Customer(Guid.Parse("01900000-0000-7000-8000-000000000009"));
        Assert.Equal(200, (await Door.As(token).Post("/api/orders", "{}")).Status);
        Assert.Equal((413, "too_large"), Both(await Door.As(token).Post("/api/orders", "\"" + new string('x', 300_000) + "\"")));
        using var endless = new StreamContent(new MemoryStream(new byte[2_000_000]));
        var reply = await Door.As(token).Post("/api/orders", endless, null, ("Transfer-Encoding", "chunked"));
        Assert.Equal((413, "too_large"), Both(reply));
    }

    private static bool Ready(Reply health, string service) =>
        health.Json.GetProperty("services").TryGetProperty(service, out var one) && one.GetProperty("status").GetString() == "ready";

    private async Task<string> Raw(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", new Uri(_store.Url("gateway")).Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);

    [Theory]
    [InlineData("/api/orders=orders", "which is the store's own")]
    [InlineData("/api/ORDERS=orders", "a route reads")]
    [InlineData("/gifts=gifts", "a route reads")]
    [InlineData("/api/gifts/{**all}=gifts", "a route reads")]
    [InlineData("/api/gifts", "a route reads")]
    public void Refuses_routes_that_would_take_over_the_store_s_own(string routes, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<FormatException>(() => Program.Build(["--Stoa:Routes=" + routes])).Message, StringComparison.Ordinal);
}
