using Stoa.Kit;

namespace Stoa.StripeSandbox.Tests;

/// <summary>https://docs.stripe.com/api/idempotent_requests, sentence by sentence.</summary>
public sealed class IdempotencyTests(Bank bank) : IClassFixture<Bank>
{
    private static string NewKey() => Path.GetRandomFileName();

    [Fact]
    public async Task A_key_used_again_replays_the_first_answer_and_says_so()
    {
        var key = NewKey();
        var first = (await bank.Keyed(key, "/v1/payment_intents", Bank.Usual(("payment_method", "pm_card_visa"), ("confirm", true)))).Ok();
        var second = (await bank.Keyed(key, "/v1/payment_intents", Bank.Usual(("confirm", true), ("payment_method", "pm_card_visa")))).Ok();
        Assert.Equal(first.Body, second.Body);
        Assert.Equal((null, first.Header("Request-Id")), (first.Header("Idempotent-Replayed"), first.Header("Original-Request")));
        Assert.Equal(("true", first.Header("Request-Id")), (second.Header("Idempotent-Replayed"), second.Header("Original-Request")));
        Assert.NotEqual(first.Header("Request-Id"), second.Header("Request-Id"));
        Assert.Single((await bank.Get("/v1/charges?payment_intent=" + first.At("id"))).Json.GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task A_decline_is_replayed_too_even_after_the_intent_was_paid()
    {
        var (id, key) = (await bank.Intent(), NewKey());
        var path = $"/v1/payment_intents/{id}/confirm";
        var declined = await bank.Keyed(key, path, ("payment_method", "pm_card_visa_chargeDeclined"));
        (await bank.Confirm(id, "pm_card_visa")).Ok();
        var replayed = await bank.Keyed(key, path, ("payment_method", "pm_card_visa_chargeDeclined"));
        Assert.Equal((402, declined.Body, "true"), (replayed.Status, replayed.Body, replayed.Header("Idempotent-Replayed")));
        var unexpected = NewKey();
        (await bank.Keyed(unexpected, path)).Refuses(400, "invalid_request_error", "payment_intent_unexpected_state");
        Assert.Equal("true", (await bank.Keyed(unexpected, path)).Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task Refuses_a_key_with_other_parameters_or_at_another_address()
    {
        var key = NewKey();
        var id = (await bank.Keyed(key, "/v1/payment_intents", Bank.Usual())).Ok().At("id");
        (await bank.Keyed(key, "/v1/payment_intents", Bank.Usual(("amount", 2001)))).Refuses(400, "idempotency_error");
        (await bank.Keyed(key, $"/v1/payment_intents/{id}/cancel")).Refuses(400, "idempotency_error");
        Assert.Equal("requires_payment_method", (await bank.Get("/v1/payment_intents/" + id)).At("status"));
    }

    [Fact]
    public async Task A_request_that_fails_validation_leaves_its_key_free()
    {
        var key = NewKey();
        (await bank.Keyed(key, "/v1/payment_intents", ("amount", 2000))).Refuses(400, "invalid_request_error", "parameter_missing", "currency");
        Assert.Null((await bank.Keyed(key, "/v1/payment_intents", Bank.Usual())).Ok().Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task A_key_whose_first_request_is_at_work_is_409()
    {
        var (id, key) = (await bank.Intent(), NewKey());
        var path = $"/v1/payment_intents/{id}/confirm";
        (await bank.Post("/v1/test_helpers/stoa/faults", ("on", "POST /v1/payment_intents/{id}/confirm"), ("when", "after"), ("answer", "hang"), ("seconds", 1))).Ok();
        var first = bank.Keyed(key, path, ("payment_method", "pm_card_visa"));
        await Eventually.Is(async () => (await bank.Get("/v1/payment_intents/" + id)).At("status") == "succeeded", "the charge");
        var second = (await bank.Keyed(key, path, ("payment_method", "pm_card_visa"))).Refuses(409, "invalid_request_error", "idempotency_key_in_use");
        Assert.Equal("true", second.Header("Stripe-Should-Retry"));
        Assert.Equal(500, (await first).Status);
        Assert.Equal(("succeeded", "true"), ((await bank.Keyed(key, path, ("payment_method", "pm_card_visa"))).Ok() is var replay ? (replay.At("status"), replay.Header("Idempotent-Replayed")) : default));
    }

    [Fact]
    public async Task Many_requests_with_one_key_do_one_thing()
    {
        var key = NewKey();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => bank.Keyed(key, "/v1/payment_intents", Bank.Usual(("payment_method", "pm_card_visa"), ("confirm", true)))));
        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 409, answer.ToString()));
        Assert.Single(answers.Where(answer => answer.Status == 200).Select(answer => answer.At("id")).Distinct());
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day()
    {
        await using var slow = await Bank.Start(new ManualClock());
        var first = (await slow.Keyed("k", "/v1/payment_intents", Bank.Usual())).Ok();
        slow.Clock!.Advance(TimeSpan.FromHours(23));
        Assert.Equal(first.At("id"), (await slow.Keyed("k", "/v1/payment_intents", Bank.Usual())).At("id"));
        slow.Clock!.Advance(TimeSpan.FromHours(1));
        Assert.NotEqual(first.At("id"), (await slow.Keyed("k", "/v1/payment_intents", Bank.Usual())).Ok().At("id"));
    }

    [Fact]
    public async Task Refuses_a_key_of_more_than_255_characters() =>
        (await bank.Keyed(new string('k', 256), "/v1/payment_intents", Bank.Usual())).Refuses(400, "idempotency_error");
}
