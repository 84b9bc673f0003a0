using Stoa.Kit;

namespace Stoa.StripeSandbox.Tests;

/// <summary>The troubles that Payments' own tests arrange.</summary>
public sealed class ArrangeFaultsTests(Bank bank) : IClassFixture<Bank>
{
    private const string Confirm = "POST /v1/payment_intents/{id}/confirm";

    private async Task Arrange(params (string Name, object Value)[] fault) => (await bank.Post("/v1/test_helpers/stoa/faults", fault)).Ok();

    private async Task<string> StatusOf(string id) => (await bank.Get("/v1/payment_intents/" + id)).Ok().At("status");

    [Fact]
    public async Task A_500_after_the_effect_is_kept_and_replayed_while_the_charge_stands()
    {
        var id = await bank.Intent();
        await Arrange(("on", Confirm), ("when", "after"), ("answer", "500"));
        var path = $"/v1/payment_intents/{id}/confirm";
        (await bank.Keyed("a-" + id, path, ("payment_method", "pm_card_visa"))).Refuses(500, "api_error");
        Assert.Equal("succeeded", await StatusOf(id));
        var replayed = (await bank.Keyed("a-" + id, path, ("payment_method", "pm_card_visa"))).Refuses(500, "api_error");
        Assert.Equal(("true", "false"), (replayed.Header("Idempotent-Replayed"), replayed.Header("Stripe-Should-Retry")));
    }

    [Fact]
    public async Task A_500_from_the_front_door_is_not_kept_and_the_replay_tells_of_the_charge()
    {
        var id = await bank.Intent();
        await Arrange(("on", Confirm), ("when", "after"), ("answer", "500"), ("kept", false));
        var path = $"/v1/payment_intents/{id}/confirm";
        (await bank.Keyed("b-" + id, path, ("payment_method", "pm_card_visa"))).Refuses(500, "api_error");
        Assert.Equal("succeeded", (await bank.Keyed("b-" + id, path, ("payment_method", "pm_card_visa"))).Ok().At("status"));
    }

    [Fact]
    public async Task A_fault_before_the_effect_charges_nothing_and_a_429_is_never_kept()
    {
        var id = await bank.Intent();
        var path = $"/v1/payment_intents/{id}/confirm";
        await Arrange(("on", Confirm), ("when", "before"), ("answer", "429"));
        (await bank.Keyed("c-" + id, path, ("payment_method", "pm_card_visa"))).Refuses(429, "invalid_request_error", "rate_limit");
        Assert.Equal("requires_payment_method", await StatusOf(id));
        await Arrange(("on", Confirm), ("when", "before"), ("answer", "500"), ("kept", false), ("times", 2));
        (await bank.Keyed("c-" + id, path, ("payment_method", "pm_card_visa"))).Refuses(500, "api_error");
        (await bank.Keyed("c-" + id, path, ("payment_method", "pm_card_visa"))).Refuses(500, "api_error");
        Assert.Equal("succeeded", (await bank.Keyed("c-" + id, path, ("payment_method", "pm_card_visa"))).Ok().At("status"));
    }

    [Fact]
    public async Task A_kept_500_before_the_effect_burns_its_key()
    {
        var id = await bank.Intent();
        var path = $"/v1/payment_intents/{id}/confirm";
        await Arrange(("on", Confirm), ("when", "before"), ("answer", "500"));
        (await bank.Keyed("d-" + id, path, ("payment_method", "pm_card_visa"))).Refuses(500, "api_error");
        (await bank.Keyed("d-" + id, path, ("payment_method", "pm_card_visa"))).Refuses(500, "api_error");
        Assert.Equal("requires_payment_method", await StatusOf(id));
    }

    [Fact]
    public async Task A_caller_that_gives_up_waiting_has_paid()
    {
        var id = await bank.Intent();
        await Arrange(("on", Confirm), ("when", "after"), ("answer", "hang"));
        using var impatient = new HttpClient { BaseAddress = new Uri(bank.Store.Url("sandbox")), Timeout = TimeSpan.FromMilliseconds(300) };
        await Assert.ThrowsAsync<TaskCanceledException>(() => (new Api(impatient) { Token = Bank.Key }).Post($"/v1/payment_intents/{id}/confirm",
            new FormUrlEncodedContent([KeyValuePair.Create("payment_method", "pm_card_visa")]), "e-" + id));
        Assert.Equal("succeeded", await StatusOf(id));
        var replay = await Eventually.Get(() => bank.Keyed("e-" + id, $"/v1/payment_intents/{id}/confirm", ("payment_method", "pm_card_visa")), reply => reply.Status != 409, "the key free");
        Assert.Equal("succeeded", replay.Ok().At("status"));
    }

    [Fact]
    public async Task A_connection_is_cut_after_the_effect()
    {
        var id = await bank.Intent();
        await Arrange(("on", Confirm), ("when", "after"), ("answer", "reset"));
        await Assert.ThrowsAsync<HttpRequestException>(() => bank.Keyed("f-" + id, $"/v1/payment_intents/{id}/confirm", ("payment_method", "pm_card_visa")));
        Assert.Equal("succeeded", await StatusOf(id));
    }

    [Fact]
    public async Task A_read_may_fail_too_and_faults_can_be_cleared()
    {
        var id = await bank.Intent();
        await Arrange(("on", "GET /v1/payment_intents/{id}"), ("answer", "500"), ("times", 5));
        (await bank.Get("/v1/payment_intents/" + id)).Refuses(500, "api_error");
        (await bank.Post("/v1/test_helpers/stoa/clear")).Ok();
        await StatusOf(id);
    }

    [Fact]
    public async Task A_forgotten_key_makes_a_new_thing()
    {
        var first = (await bank.Keyed("forgotten", "/v1/payment_intents", Bank.Usual())).Ok().At("id");
        (await bank.Post("/v1/test_helpers/stoa/idempotency_keys/forget", ("key", "forgotten"))).Ok();
        Assert.NotEqual(first, (await bank.Keyed("forgotten", "/v1/payment_intents", Bank.Usual())).Ok().At("id"));
    }

    [Fact]
    public async Task Helpers_are_for_the_key_alone_and_refuse_what_they_do_not_know()
    {
        Assert.Equal(401, (await bank.Store.Api("sandbox").Post("/v1/test_helpers/stoa/faults")).Status);
        (await bank.Post("/v1/test_helpers/stoa/faults", ("answer", "explode"))).Refuses(400, "invalid_request_error", "", "answer");
        (await bank.Post("/v1/test_helpers/stoa/webhooks", ("treatment", "burn"))).Refuses(400, "invalid_request_error", "", "treatment");
    }

    [Fact]
    public async Task Metadata_and_headers_change_nothing()
    {
        var intent = (await bank.Post("/v1/payment_intents", Bank.Usual(("metadata[answer]", "500"), ("metadata[fault]", "hang")))).Ok();
        Assert.Equal(200, (await bank.Get("/v1/payment_intents/" + intent.At("id"), ("Stoa-Fault", "500"))).Status);
    }
}
