using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Payments.Tests;

/// <summary>P12: a webhook is a hint; it is checked, stored, answered, and followed by reading the object again.</summary>
public sealed class WebhookTests(SharedShop shared) : IClassFixture<SharedShop>
{
    private const string Path = "/api/payments/webhooks/stripe";

    private Shop Shop => shared.Shop;

    [Fact]
    public async Task One_that_tells_of_a_paid_intent_settles_the_payment()
    {
        var (id, intent) = await SaidYes(Shop);
        Assert.Equal(200, (await Send(Shop, "evt_paid", "payment_intent.succeeded", intent)).Status);
        await Settles(Shop, id);
    }

    [Fact]
    public async Task One_that_lies_changes_nothing()
    {
        var reply = await Shop.Pay(Shop.PlaceOrder(), "pm_card_authenticationRequired");
        var intent = await IntentOf(Shop, reply.Json.GetProperty("orderId").GetGuid());
        Assert.Equal(200, (await Send(Shop, "evt_lie", "payment_intent.succeeded", intent)).Status);
        await Handled(Shop, "evt_lie");
        Assert.Equal("requires_action", await StatusOf(Shop, reply.Json.GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task One_that_comes_twice_is_followed_once()
    {
        var (id, intent) = await SaidYes(Shop);
        Assert.Equal(200, (await Send(Shop, "evt_twice", "payment_intent.succeeded", intent)).Status);
        await Settles(Shop, id);
        Assert.Equal(200, (await Send(Shop, "evt_twice", "payment_intent.succeeded", intent)).Status);
        Assert.Equal(1, await Shop.Store.Get<Database>("payments").Scalar<long>("SELECT COUNT(*) FROM hints WHERE event_id = 'evt_twice'"));
        Assert.Single(await Shop.Events("payment.succeeded"), one => one.GetProperty("paymentId").GetGuid() == id);
    }

    [Theory]
    [InlineData("checkout.session.completed")]
    [InlineData("payment_intent.succeeded")]
    public async Task One_that_tells_of_a_paid_page_settles_the_payment_whichever_of_the_two_it_names(string type)
    {
        await using var shop = await Shop.Open();
        var order = shop.PlaceOrder();
        var reply = await shop.Pay(order, "checkout");
        var page = reply.Json.GetProperty("nextActionUrl").GetString()!;
        await shop.PayOnPage(page);
        var thing = type.StartsWith("checkout", StringComparison.Ordinal) ? new Uri(page).Segments[^1] : await IntentOf(shop, order);
        Assert.Equal(200, (await Send(shop, "evt_page", type, thing)).Status);
        await Handled(shop, "evt_page");
        Assert.Equal("succeeded", await StatusOf(shop, reply.Json.GetProperty("id").GetGuid()));
        Assert.DoesNotContain("charge_of_no_attempt", (await shop.Store.Api("payments").Get("/metrics")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkout.session.completed")]
    [InlineData("checkout.session.expired")]
    [InlineData("checkout.session.async_payment_succeeded")]
    public async Task One_that_lies_about_a_page_changes_nothing(string type)
    {
        var reply = await Shop.Pay(Shop.PlaceOrder(), "checkout");
        Assert.Equal(200, (await Send(Shop, "evt_lie_" + type, type, new Uri(reply.Json.GetProperty("nextActionUrl").GetString()!).Segments[^1])).Status);
        await Handled(Shop, "evt_lie_" + type);
        Assert.Equal("requires_action", await StatusOf(Shop, reply.Json.GetProperty("id").GetGuid()));
    }

    [Theory]
    [InlineData("evt_unknown_session", "checkout.session.completed", "cs_of_nobody")]
    [InlineData("evt_unknown_intent", "payment_intent.succeeded", "pi_of_nobody")]
    [InlineData("evt_unknown_refund", "refund.updated", "re_of_nobody")]
    [InlineData("evt_unknown_type", "customer.created", "cus_1")]
    public async Task One_about_something_unknown_is_taken_and_done_with(string eventId, string type, string thing)
    {
        Assert.Equal(200, (await Send(Shop, eventId, type, thing)).Status);
        await Handled(Shop, eventId);
    }

    [Fact]
    public async Task Forged_late_and_broken_ones_are_refused()
    {
        var now = Shop.Clock.GetUtcNow();
        var body = Body("evt_forged", "payment_intent.succeeded", "pi_1");
        Assert.Equal((400, "signature_invalid"), Both(await Post(Shop, body, Sign(body, now, "whsec_other"))));
        Assert.Equal((400, "signature_invalid"), Both(await Post(Shop, body, null)));
        Assert.Equal((400, "signature_invalid"), Both(await Post(Shop, body + " ", Sign(body, now))));
        Assert.Equal((400, "signature_invalid"), Both(await Post(Shop, body, Sign(body, now.AddSeconds(-301)))));
        Assert.Equal((400, "signature_invalid"), Both(await Post(Shop, body, Sign(body, now).Replace("v1=", "v0=", StringComparison.Ordinal))));
        Assert.Equal((400, "malformed"), Both(await Post(Shop, "{\"id\":", Sign("{\"id\":", now))));
        Assert.Equal((400, "malformed"), Both(await Post(Shop, "[]", Sign("[]", now))));
        var path = Body("evt_path", "payment_intent.succeeded", "../refunds");
        Assert.Equal((400, "malformed"), Both(await Post(Shop, path, Sign(path, now))));
        var huge = Body("evt_huge", "x", new string('x', 300_000));
        Assert.Equal((413, "too_large"), Both(await Post(Shop, huge, Sign(huge, now))));
        Assert.Equal(0, await Shop.Store.Get<Database>("payments").Scalar<long>("SELECT COUNT(*) FROM hints WHERE event_id IN ('evt_forged', 'evt_path', 'evt_huge')"));
    }

    [Fact]
    public async Task While_the_secret_changes_one_of_several_signatures_is_enough()
    {
        var body = Body("evt_rotated", "customer.created", "cus_1");
        var good = Sign(body, Shop.Clock.GetUtcNow());
        var (time, signature) = (good.Split(',')[0], good.Split(',')[1]);
        Assert.Equal(200, (await Post(Shop, body, $"{time},v1={new string('0', 64)},{signature}")).Status);
    }

    [Fact]
    public async Task With_the_provider_away_it_is_stored_and_followed_later()
    {
        await using var shop = await Shop.Open();
        var (id, intent) = await SaidYes(shop);
        shop.Wire.Cut();
        Assert.Equal(200, (await Send(shop, "evt_later", "payment_intent.succeeded", intent)).Status);
        await Eventually.Is(() => Task.FromResult(shop.Wire.Count(intent) > 0), "a read that fails");
        shop.Wire.Script = null;
        await Settles(shop, id);
    }

    [Fact]
    public async Task The_providers_own_deliveries_settle_a_debit()
    {
        await using var shop = await Shop.Open(webhooks: true);
        var reply = await shop.Pay(shop.PlaceOrder(), "pm_usBankAccount_success");
        shop.Clock.Advance(TimeSpan.FromSeconds(4));
        await Settles(shop, reply.Json.GetProperty("id").GetGuid());
    }

    private static async Task<(Guid Id, string Intent)> SaidYes(Shop shop)
    {
        var reply = await shop.Pay(shop.PlaceOrder(), "pm_card_authenticationRequired");
        await shop.Decide(reply.Json.GetProperty("nextActionUrl").GetString()!, yes: true);
        return (reply.Json.GetProperty("id").GetGuid(), await IntentOf(shop, reply.Json.GetProperty("orderId").GetGuid()));
    }

    private static async Task<string> IntentOf(Shop shop, Guid order) => (await shop.Intents(order))[0].GetProperty("id").GetString()!;

    /// <summary>Read from the table: a look through the API would itself make Payments ask the provider.</summary>
    private static Task<string> StatusOf(Shop shop, Guid id) =>
        shop.Store.Get<Database>("payments").Scalar<string>("SELECT status FROM attempts WHERE id = @id", new { id });

    private static Task Settles(Shop shop, Guid id) => shop.Sees(() => StatusOf(shop, id), status => status == "succeeded", "the payment settled");

    private static Task Handled(Shop shop, string eventId) => shop.Sees(
        () => shop.Store.Get<Database>("payments").Scalar<long>("SELECT COUNT(*) FROM hints WHERE event_id = @eventId AND handled_at IS NOT NULL", new { eventId }),
        count => count == 1, "the hint handled");

    private static Task<Reply> Send(Shop shop, string eventId, string type, string thing)
    {
        var body = Body(eventId, type, thing);
        return Post(shop, body, Sign(body, shop.Clock.GetUtcNow()));
    }

    private static string Body(string eventId, string type, string thing) =>
        $$$"""{"id":"{{{eventId}}}","object":"event","type":"{{{type}}}","data":{"object":{"id":"{{{thing}}}"} } }""";

    private static string Sign(string body, DateTimeOffset at, string secret = Shop.WebhookSecret)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}")));
        return $"t={time},v1={signature}";
    }

    private static Task<Reply> Post(Shop shop, string body, string? signature)
    {
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        var api = shop.Store.Api("payments");
        return signature is null ? api.Post(Path, content) : api.Post(Path, content, null, ("Stripe-Signature", signature));
    }

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
