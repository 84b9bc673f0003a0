using System.Net.Http.Headers;
using System.Text;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Kernel.Tests;

public sealed class ServiceTests(ServiceTests.Pair pair) : IClassFixture<ServiceTests.Pair>
{
    private static readonly Guid Anna = Guid.Parse("01900000-0000-7000-8000-000000000001");

    public sealed class Pair : IAsyncLifetime
    {
        public TestStore Store { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Store = await TestStore.Start([("teller", Sample.Teller), ("summer", Sample.Summer)]);

        public ValueTask DisposeAsync() => Store.DisposeAsync();
    }

    private Api Teller => pair.Store.Api("teller");

    [Fact]
    public async Task Tells_that_it_is_ready_with_its_name_and_version()
    {
        var reply = await Teller.Get("/health/ready");
        Assert.Equal(200, reply.Status);
        Assert.Equal("teller", reply.Json.GetProperty("service").GetString());
        Assert.Equal(ServiceHost.Version, reply.Json.GetProperty("version").GetString());
    }

    [Fact]
    public async Task Shows_its_metrics_as_prometheus_text()
    {
        await Teller.Get("/openapi/v1.json");
        var reply = await Eventually.Get(() => Teller.Get("/metrics"),
            seen => seen.Body.Contains("http_server_request_duration_seconds_bucket{", StringComparison.Ordinal), "a request's duration");
        Assert.Contains("# TYPE", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_its_openapi_document()
    {
        var reply = await Teller.Get("/openapi/v1.json");
        Assert.Equal(200, reply.Status);
        Assert.True(reply.Json.GetProperty("paths").TryGetProperty("/echo", out _));
        Assert.DoesNotContain("/internal/", reply.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"text\": ", 400, "malformed")]
    [InlineData("{\"text\": 5}", 400, "malformed")]
    [InlineData("{\"text\": \"a\\u0000b\"}", 400, "malformed")]
    [InlineData("null", 400, "malformed")]
    [InlineData("", 400, "malformed")]
    public async Task Refuses_a_body_that_is_not_what_the_call_takes(string body, int status, string code)
    {
        var reply = await Teller.Post("/echo", body);
        Assert.Equal((status, code), (reply.Status, reply.Code));
        Assert.Equal(status, reply.Json.GetProperty("status").GetInt32());
        Assert.NotEmpty(reply.Json.GetProperty("traceId").GetString()!);
    }

    [Fact]
    public async Task Refuses_bodies_that_are_deep_huge_not_utf8_or_of_another_type()
    {
        Assert.Equal("malformed", (await Teller.Post("/echo", string.Concat(Enumerable.Repeat("{\"text\":", 200)))).Code);
        Assert.Equal((413, "too_large"), Both(await Teller.Post("/echo", "{\"text\": \"" + new string('x', 300_000) + "\"}")));
        Assert.Equal((415, "unsupported_media_type"), Both(await Teller.Post("/echo", new StringContent("hi", Encoding.UTF8, "text/plain"))));
        var bytes = new ByteArrayContent([.. "{\"text\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        bytes.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Assert.Equal((400, "malformed"), Both(await Teller.Post("/echo", bytes)));
    }

    [Fact]
    public async Task Answers_what_is_not_there_with_problems()
    {
        Assert.Equal((404, "not_found"), Both(await Teller.Get("/nothing")));
        Assert.Equal((405, "method_not_allowed"), Both(await Teller.Delete("/echo")));
        Assert.Equal((500, "internal_error"), Both(await Teller.Get("/bug")));
    }

    [Fact]
    public async Task A_request_that_passes_its_deadline_is_503_with_retry_after()
    {
        var reply = await Teller.Get("/slow", ("Stoa-Deadline", "50"));
        Assert.Equal((503, "temporarily_unavailable"), Both(reply));
        Assert.NotNull(reply.Header("Retry-After"));
    }

    [Fact]
    public async Task Knows_buyers_by_their_tokens_and_staff_by_their_role()
    {
        var tokens = pair.Store.Tokens;
        Assert.Equal((401, "unauthenticated"), Both(await Teller.Get("/mine")));
        Assert.Equal("Bearer", (await Teller.Get("/mine")).Header("WWW-Authenticate"));
        Assert.Equal((401, "unauthenticated"), Both(await Teller.As("nonsense").Get("/mine")));
        Assert.Equal((401, "unauthenticated"), Both(await Teller.As(tokens.Make(Anna, ["customer"], [], TimeSpan.FromHours(-1))).Get("/mine")));
        Assert.Equal(Anna.ToString(), (await Teller.As(tokens.Guest(Anna)).Get("/mine")).Json.GetProperty("id").GetString());
        Assert.Equal((403, "forbidden"), Both(await Teller.As(tokens.Customer(Anna)).Get("/staff")));
        Assert.Equal((401, "unauthenticated"), Both(await Teller.Get("/staff")));
        Assert.Equal(200, (await Teller.As(tokens.Staff(Anna)).Get("/staff")).Status);
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("aaaa.bbbb.cccc")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.AAAA")]
    [InlineData("a.b.c.d.e")]
    public async Task A_text_that_only_looks_like_a_token_is_refused_as_any_other(string text)
    {
        Assert.Equal((401, "unauthenticated"), Both(await Teller.As(text).Get("/mine")));
        Assert.Equal(401, (await (Teller with { ServiceToken = text }).Get("/internal/events?after=0")).Status);
    }

    [Fact]
    public async Task A_token_of_a_key_that_nobody_can_be_asked_about_is_503_and_no_hindrance_on_a_public_route()
    {
        using var strangers = new Tokens(TimeProvider.System, keyId: "unheard of");
        var api = Teller.As(strangers.Customer(Anna));
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal((503, "temporarily_unavailable"), Both(await api.Get("/mine")));
            Assert.Equal(200, (await api.Get("/page")).Status);
        }

        Assert.Equal(200, (await Teller.As(pair.Store.Tokens.Customer(Anna)).Get("/mine")).Status);
    }

    [Fact]
    public async Task A_guests_token_proves_the_guest_for_thirty_days_after_its_end_and_no_other_token_does()
    {
        var tokens = pair.Store.Tokens;
        var guests = pair.Store.Get<GuestTokens>("teller");
        Assert.Equal(Anna, await guests.Check(tokens.Guest(Anna), CancellationToken.None));
        Assert.Equal(Anna, await guests.Check(tokens.Make(Anna, ["guest"], [], TimeSpan.FromDays(-29)), CancellationToken.None));
        Assert.Null(await guests.Check(tokens.Make(Anna, ["guest"], [], TimeSpan.FromDays(-31)), CancellationToken.None));
        Assert.Null(await guests.Check(tokens.Customer(Anna), CancellationToken.None));
        Assert.Null(await guests.Check(tokens.Make(Anna, ["guest", "staff"], []), CancellationToken.None));
        Assert.Null(await guests.Check(tokens.Make(Anna, [], []), CancellationToken.None));
        Assert.Null(await guests.Check(tokens.Service("teller"), CancellationToken.None));
        Assert.Null(await guests.Check("", CancellationToken.None));
        Assert.Null(await guests.Check(tokens.Guest(Anna)[..^4] + "AAAA", CancellationToken.None));
    }

    [Fact]
    public async Task Internal_calls_need_a_service_token_made_for_the_receiver()
    {
        Assert.Equal((401, "unauthenticated"), Both(await Teller.Get("/internal/events?after=0")));
        Assert.Equal(401, (await Teller.As(pair.Store.Tokens.Admin(Anna)).Get("/internal/events?after=0")).Status);
        Assert.Equal(401, (await (Teller with { ServiceToken = pair.Store.Tokens.Service("summer") }).Get("/internal/events?after=0")).Status);
        Assert.Equal(200, (await pair.Store.Internal("teller").Get("/internal/events?after=0")).Status);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=-1")]
    [InlineData("limit=101")]
    [InlineData("limit=ten")]
    [InlineData("cursor=%%%")]
    [InlineData("cursor=AAAA")]
    [InlineData("cursor=eyJhIjoxfQ")]
    [InlineData("word=a%00b")]
    [InlineData("word=%C3%28")]
    public async Task Refuses_limits_cursors_and_texts_that_are_none(string query) =>
        Assert.Equal((400, "malformed"), Both(await Teller.Get("/page?" + query)));

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
