namespace Stoa.StripeSandbox.Tests;

public sealed class RestartTests
{
    [Fact]
    public async Task Charges_refunds_events_and_keys_survive_a_restart()
    {
        await using var bank = await Bank.Start();
        var paid = (await bank.Keyed("before", "/v1/payment_intents", Bank.Usual(("payment_method", "pm_card_visa"), ("confirm", true)))).Ok();
        var refund = (await bank.Post("/v1/refunds", ("payment_intent", paid.At("id")), ("amount", 500))).Ok();
        var events = await bank.EventTypes(paid.At("id"));

        await bank.Store.Stop("sandbox");
        await bank.Store.Run("sandbox");

        Assert.Equal(paid.Body, (await bank.Keyed("before", "/v1/payment_intents", Bank.Usual(("payment_method", "pm_card_visa"), ("confirm", true)))).Ok().Body);
        Assert.Equal("500", (await bank.Get("/v1/charges/" + paid.At("latest_charge"))).Ok().At("amount_refunded"));
        Assert.Equal(refund.Body, (await bank.Get("/v1/refunds/" + refund.At("id"))).Ok().Body);
        Assert.Equal(events, await bank.EventTypes(paid.At("id")));
        (await bank.Post("/v1/refunds", ("payment_intent", paid.At("id")), ("amount", 1501))).Refuses(400, "invalid_request_error", "", "amount");
    }
}
