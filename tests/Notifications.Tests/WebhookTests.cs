using System.Text.Json;
using Stoa.Kit;

namespace Stoa.Notifications.Tests;

/// <summary>What staff do with webhooks.</summary>
public sealed class WebhookTests(HookDesk desk) : IClassFixture<HookDesk>
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public async Task Is_registered_with_a_secret_that_is_told_once()
    {
        await using var hook = await desk.Register(["order.paid", "order.shipped"]);
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", hook.Secret);
        var shown = await hook.Show();
        Assert.Equal((desk.UrlOf(hook.Path[1..]), true), (shown.GetProperty("url").GetString(), shown.GetProperty("enabled").GetBoolean()));
        Assert.Equal(["order.paid", "order.shipped"], shown.GetProperty("events").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(HookDesk.Sam, shown.GetProperty("createdBy").GetGuid());
        Assert.DoesNotContain("secret\"", (await desk.Staff.Get("/api/webhooks?limit=100")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret\"", (await desk.Staff.Get(hook.Url)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_its_secret_out_of_the_database()
    {
        await using var hook = await desk.Register(secret: Secret);
        Assert.Equal(Secret, hook.Secret);
        var kept = await desk.Database.Find<string>("SELECT secret FROM webhooks WHERE id = @Id", new { hook.Id });
        Assert.DoesNotContain(Secret["whsec_".Length..], kept, StringComparison.Ordinal);
        Assert.Equal(Secret, WebhookSignature.Write(desk.Store.Get<WebhookSecrets>("notifications").Open(hook.Id, kept!)));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => desk.Store.Get<WebhookSecrets>("notifications").Open(desk.NewId(), kept!));
    }

    [Theory]
    [InlineData("""{"events": ["order.paid"]}""", "url")]
    [InlineData("""{"url": "hooks", "events": ["order.paid"]}""", "url")]
    [InlineData("""{"url": "/hooks", "events": ["order.paid"]}""", "url")]
    [InlineData("""{"url": "ftp://hooks.test/", "events": ["order.paid"]}""", "url")]
    [InlineData("""{"url": "file:///etc/passwd", "events": ["order.paid"]}""", "url")]
    [InlineData("""{"url": "http://elsewhere.test/", "events": ["order.paid"]}""", "url")]
    [InlineData("""{"url": "https://me:you@hooks.test/", "events": ["order.paid"]}""", "url")]
    [InlineData("""{"url": "https://hooks.test/#here", "events": ["order.paid"]}""", "url")]
    [InlineData("""{"url": "https://hooks.test/"}""", "events")]
    [InlineData("""{"url": "https://hooks.test/", "events": []}""", "events")]
    [InlineData("""{"url": "https://hooks.test/", "events": [null]}""", "events")]
    [InlineData("""{"url": "https://hooks.test/", "events": ["order.paid", "order.paid"]}""", "events")]
    [InlineData("""{"url": "https://hooks.test/", "events": ["user.erased"]}""", "events")]
    [InlineData("""{"url": "https://hooks.test/", "events": ["order.paid"], "secret": "whsec_c2hvcnQ="}""", "secret")]
    [InlineData("""{"url": "https://hooks.test/", "events": ["order.paid"], "secret": ""}""", "secret")]
    public async Task Refuses_what_is_no_webhook(string body, string field)
    {
        var reply = await desk.Staff.Post("/api/webhooks", body);
        Assert.Equal((422, "validation"), (reply.Status, reply.Code));
        Assert.Equal(field, Assert.Single(reply.Json.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Refuses_an_address_that_is_too_long()
    {
        var reply = await desk.Staff.Post("/api/webhooks", new { Url = "https://hooks.test/" + new string('x', 2000), Events = new[] { "order.paid" } });
        Assert.Equal(422, reply.Status);
    }

    [Fact]
    public async Task Belongs_to_staff_alone()
    {
        await using var hook = await desk.Register();
        (HttpMethod, string, object?)[] calls =
        [
            (HttpMethod.Get, "/api/webhooks", null), (HttpMethod.Post, "/api/webhooks", new { }), (HttpMethod.Get, hook.Url, null), (HttpMethod.Patch, hook.Url, new { }),
            (HttpMethod.Delete, hook.Url, null), (HttpMethod.Post, hook.Url + "/secret", new { }), (HttpMethod.Get, hook.Url + "/deliveries", null),
            (HttpMethod.Post, $"{hook.Url}/deliveries/{hook.Id}/redeliver", null),
        ];
        var somebody = desk.Store.Api("notifications");
        foreach (var (method, path, body) in calls)
        {
            Assert.Equal((401, "unauthenticated"), Told(await somebody.Send(method, path, body, null, [])));
            Assert.Equal((403, "forbidden"), Told(await somebody.As(desk.Store.Tokens.Customer(HookDesk.Sam)).Send(method, path, body, null, [])));
            Assert.Equal((403, "forbidden"), Told(await somebody.As(desk.Store.Tokens.Guest(HookDesk.Sam)).Send(method, path, body, null, [])));
        }

        Assert.Equal(200, (await somebody.As(desk.Store.Tokens.Admin(HookDesk.Sam)).Get(hook.Url)).Status);

        static (int, string?) Told(Reply reply) => (reply.Status, reply.Code);
    }

    [Fact]
    public async Task Is_not_found_where_there_is_none()
    {
        await using var hook = await desk.Register();
        foreach (var url in (string[])[$"/api/webhooks/{desk.NewId()}", "/api/webhooks/mine"])
        {
            Assert.Equal(404, (await desk.Staff.Get(url)).Status);
            Assert.Equal(404, (await desk.Staff.Patch(url, new { })).Status);
            Assert.Equal(404, (await desk.Staff.Delete(url)).Status);
            Assert.Equal(404, (await desk.Staff.Post(url + "/secret", new { })).Status);
            Assert.Equal(404, (await desk.Staff.Get(url + "/deliveries")).Status);
        }

        Assert.Equal(404, (await hook.Redeliver(desk.NewId())).Status);
    }

    [Fact]
    public async Task Is_one_of_twenty_at_most()
    {
        await using var own = await HookDesk.Open();
        for (var i = 0; i < 20; i++) await own.Register(path: $"{i}");
        var first = (await own.Staff.Get("/api/webhooks")).Json.GetProperty("items")[0].GetProperty("id").GetGuid();
        var body = new { Url = own.UrlOf("more"), Events = new[] { "order.paid" } };
        Assert.Equal((409, "too_many_webhooks"), ((await own.Staff.Post("/api/webhooks", body)).Status, (await own.Staff.Post("/api/webhooks", body)).Code));
        Assert.Equal(204, (await own.Staff.Delete($"/api/webhooks/{first}")).Status);
        Assert.Equal(201, (await own.Staff.Post("/api/webhooks", body)).Status);
    }

    [Fact]
    public async Task Is_listed_in_pages_oldest_first()
    {
        await using var own = await HookDesk.Open();
        List<Guid> made = [];
        for (var i = 0; i < 3; i++)
        {
            made.Add((await own.Register(path: $"{i}")).Id);
            own.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var page = (await own.Staff.Get("/api/webhooks?limit=2")).Json;
        Assert.Equal(made[..2], Ids(page));
        Assert.Equal(made[2..], Ids((await own.Staff.Get($"/api/webhooks?limit=2&cursor={page.GetProperty("nextCursor").GetString()}")).Json));
        Assert.Equal((400, "malformed"), ((await own.Staff.Get("/api/webhooks?cursor=mine")).Status, (await own.Staff.Get("/api/webhooks?limit=0")).Code));

        static IEnumerable<Guid> Ids(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Is_changed_and_remembers_who_did_what()
    {
        await using var hook = await desk.Register();
        var reply = await desk.Staff.Patch(hook.Url, new { Url = desk.UrlOf("other"), Events = new[] { "product.changed" }, Enabled = false });
        Assert.Equal(("staff", false), (reply.Json.GetProperty("offReason").GetString(), reply.Json.GetProperty("enabled").GetBoolean()));
        Assert.Equal(200, (await desk.Staff.Patch(hook.Url, new { Enabled = false })).Status); // changes nothing, and is not recorded
        Assert.Equal(200, (await desk.Staff.Post(hook.Url + "/secret", new { })).Status);
        var history = (await desk.Staff.Get(hook.Url)).Json.GetProperty("history").EnumerateArray().ToList();
        Assert.Equal(["register", "change", "rotate_secret"], history.Select(one => one.GetProperty("action").GetString()));
        Assert.All(history, one => Assert.Equal(HookDesk.Sam, one.GetProperty("by").GetGuid()));
        Assert.Equal(JsonValueKind.Null, history[0].GetProperty("before").ValueKind);
        Assert.Equal(("on", "off"), (StatusIn(history[1], "before"), StatusIn(history[1], "after")));
        Assert.Equal(422, (await desk.Staff.Patch(hook.Url, new { Url = "https://10.0.0.1/" })).Status);
        Assert.Equal(422, (await desk.Staff.Patch(hook.Url, new { Events = Array.Empty<string>() })).Status);

        static string? StatusIn(JsonElement change, string when) => change.GetProperty(when).GetProperty("status").GetString();
    }

    [Fact]
    public async Task Is_gone_once_it_is_deleted_and_so_are_its_deliveries()
    {
        var hook = await desk.Register();
        await desk.OrderPaid();
        Assert.Single(await hook.Deliveries());
        Assert.Equal(204, (await desk.Staff.Delete(hook.Url)).Status);
        Assert.Equal(404, (await desk.Staff.Get(hook.Url)).Status);
        Assert.Equal(404, (await desk.Staff.Delete(hook.Url)).Status);
        await desk.OrderPaid();
        await desk.Send();
        Assert.Empty(hook.Received);
        await desk.Step("old-deliveries");
        Assert.Equal(0, await desk.Database.Scalar<long>("SELECT COUNT(*) FROM webhook_deliveries WHERE webhook_id = @Id", new { hook.Id }));
        Assert.Equal(0, await desk.Database.Scalar<long>("SELECT COUNT(*) FROM webhooks WHERE id = @Id", new { hook.Id }));
    }
}
