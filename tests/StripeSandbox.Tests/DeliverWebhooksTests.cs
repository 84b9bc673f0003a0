using System.Text.Json;
using Stoa.Kit;

namespace Stoa.StripeSandbox.Tests;

public sealed class DeliverWebhooksTests
{
    private static Task Receives(Bank bank, string subject, params string[] types) =>
        Eventually.Get(() => Task.FromResult(string.Join(' ', bank.Webhooks.TypesAbout(subject))), seen => seen == string.Join(' ', types), string.Join(' ', types));

    private static Task Later(Bank bank, Func<bool> holds, string what) => Eventually.Is(() =>
    {
        bank.Clock!.Advance(TimeSpan.FromSeconds(1));
        return Task.FromResult(holds());
    }, what);

    [Fact]
    public async Task Events_arrive_at_once_signed_and_in_order()
    {
        await using var bank = await Bank.Start();
        var paid = await bank.Paid();
        await Receives(bank, paid.At("id"), "payment_intent.created", "payment_intent.succeeded");
        Assert.All(bank.Webhooks.Received, one => Assert.True(Receiver.Verifies(one.Signature, one.Body, Bank.WebhookSecret)));
        var sent = JsonSerializer.Deserialize<JsonElement>(bank.Webhooks.Received[^1].Body);
        var read = (await bank.Get("/v1/events/" + sent.At("id"))).Ok();
        Assert.Equal($"event {ApiVersion.Current} payment_intent.succeeded succeeded", string.Join(' ', new[] { "object", "api_version", "type", "data.object.status" }.Select(path => sent.At(path))));
        Assert.Equal(read.At("request.id"), sent.At("request.id"));
        Assert.StartsWith("req_", sent.At("request.id"), StringComparison.Ordinal);
        await Eventually.Is(async () => (await bank.Get("/v1/events/" + sent.At("id"))).At("pending_webhooks") == "0", "the event delivered");
    }

    [Fact]
    public async Task An_endpoint_gets_the_events_that_it_asked_for_and_the_others_are_there_to_be_read()
    {
        await using var bank = await Bank.Start(null, ("Stoa:Sandbox:WebhookEvents", "charge.failed, payment_intent.succeeded"));
        var paid = (await bank.Paid()).At("id");
        await Receives(bank, paid, "payment_intent.succeeded");
        Assert.Equal(["payment_intent.created", "payment_intent.succeeded"], await bank.EventTypes(paid));
        await Eventually.Is(async () => (await bank.Get("/v1/events?limit=100")).Ok().Json.GetProperty("data").EnumerateArray().All(one => one.At("pending_webhooks") == "0"), "nothing left to deliver");
        Assert.Single(bank.Webhooks.Received);
    }

    [Fact]
    public async Task An_event_names_the_idempotency_key_of_its_request()
    {
        await using var bank = await Bank.Start();
        var id = (await bank.Keyed("k-7", "/v1/payment_intents", Bank.Usual())).Ok().At("id");
        var made = (await bank.Get("/v1/events")).Ok().Json.GetProperty("data").EnumerateArray().First(one => one.At("data.object.id") == id);
        Assert.Equal("k-7", made.At("request.idempotency_key"));
    }

    [Fact]
    public async Task A_webhook_that_is_refused_is_sent_again_ever_more_slowly_until_it_is_taken()
    {
        await using var bank = await Bank.Start(new ManualClock());
        bank.Webhooks.Answers = 500;
        var id = await bank.Intent();
        await Later(bank, () => bank.Webhooks.Received.Count >= 4, "four tries");
        var bodies = bank.Webhooks.Received.Select(one => one.Body).Distinct();
        Assert.Single(bodies);
        bank.Webhooks.Answers = 204;
        var tries = bank.Webhooks.Received.Count;
        await Later(bank, () => bank.Webhooks.Received.Count > tries, "another try");
        await Eventually.Is(async () =>
        {
            bank.Clock!.Advance(TimeSpan.FromSeconds(1));
            return (await bank.Get("/v1/events?type=payment_intent.created")).At("data.0.pending_webhooks") == "0";
        }, "the event delivered");
        Assert.All(bank.Webhooks.TypesAbout(id), type => Assert.Equal("payment_intent.created", type));
    }

    [Fact]
    public async Task A_webhook_is_given_up_after_three_days()
    {
        await using var bank = await Bank.Start(new ManualClock());
        await bank.Store.Stop("gateway");
        await bank.Intent();
        await Eventually.Is(async () =>
        {
            bank.Clock!.Advance(TimeSpan.FromHours(1));
            return (await bank.Get("/v1/events")).At("data.0.pending_webhooks") == "0";
        }, "the event given up");
        Assert.True(bank.Clock!.GetUtcNow() >= new ManualClock().GetUtcNow() + TimeSpan.FromDays(3));
    }

    [Fact]
    public async Task A_restart_loses_no_webhook()
    {
        await using var bank = await Bank.Start();
        await bank.Store.Stop("gateway");
        var id = await bank.Intent();
        await bank.Store.Stop("sandbox");
        await bank.Store.Run("gateway");
        await bank.Store.Run("sandbox");
        await Receives(bank, id, "payment_intent.created");
    }

    [Fact]
    public async Task Helpers_lose_delay_and_repeat_webhooks()
    {
        await using var bank = await Bank.Start(new ManualClock());
        (await bank.Post("/v1/test_helpers/stoa/webhooks", ("type", "payment_intent.succeeded"), ("treatment", "drop"))).Ok();
        (await bank.Post("/v1/test_helpers/stoa/webhooks", ("type", "charge.succeeded"), ("treatment", "delay"), ("seconds", 60))).Ok();
        (await bank.Post("/v1/test_helpers/stoa/webhooks", ("type", "payment_intent.created"), ("treatment", "repeat"))).Ok();
        var paid = await bank.Paid();
        await Receives(bank, paid.At("id"), "payment_intent.created", "payment_intent.created");
        Assert.Empty(bank.Webhooks.TypesAbout(paid.At("latest_charge")));
        var asked = bank.Clock!.GetUtcNow();
        await Later(bank, () => bank.Webhooks.TypesAbout(paid.At("latest_charge")).Length == 1, "the delayed event");
        Assert.True(bank.Clock.GetUtcNow() - asked >= TimeSpan.FromSeconds(59));
        Assert.DoesNotContain("payment_intent.succeeded", bank.Webhooks.TypesAbout(paid.At("id")));
    }
}
