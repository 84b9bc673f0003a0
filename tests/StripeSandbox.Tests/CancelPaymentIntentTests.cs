namespace Stoa.StripeSandbox.Tests;

public sealed class CancelPaymentIntentTests(Bank bank) : IClassFixture<Bank>
{
    [Theory]
    [InlineData(null)]
    [InlineData("pm_card_visa_chargeDeclined")]
    [InlineData("pm_card_authenticationRequired")]
    public async Task An_intent_that_is_not_paid_can_be_cancelled_and_says_when_and_why(string? tried)
    {
        var id = await bank.Intent();
        if (tried is not null) await bank.Confirm(id, tried);
        var canceled = (await bank.Post($"/v1/payment_intents/{id}/cancel", ("cancellation_reason", "abandoned"))).Ok();
        Assert.Equal("canceled abandoned", $"{canceled.At("status")} {canceled.At("cancellation_reason")}");
        Assert.NotEmpty(canceled.At("canceled_at"));
        Assert.Equal("", canceled.At("next_action"));
        Assert.Equal("payment_intent.canceled", (await bank.EventTypes(id))[^1]);
    }

    [Fact]
    public async Task Refuses_what_is_paid_or_cancelled_already()
    {
        (await bank.Post($"/v1/payment_intents/{(await bank.Paid()).At("id")}/cancel")).Refuses(400, "invalid_request_error", "payment_intent_unexpected_state");
        var id = await bank.Intent();
        (await bank.Post($"/v1/payment_intents/{id}/cancel")).Ok();
        (await bank.Post($"/v1/payment_intents/{id}/cancel")).Refuses(400, "invalid_request_error", "payment_intent_unexpected_state");
    }

    [Fact]
    public async Task Refuses_a_debit_on_its_way_unless_it_is_the_one_that_never_arrives()
    {
        var debit = await bank.Paid("pm_usBankAccount_insufficientFunds", ("payment_method_types[]", "us_bank_account"));
        (await bank.Post($"/v1/payment_intents/{debit.At("id")}/cancel")).Refuses(400, "invalid_request_error", "payment_intent_unexpected_state");
        var forever = await bank.Paid("pm_usBankAccount_processing", ("payment_method_types[]", "us_bank_account"));
        Assert.Equal("processing", forever.At("status"));
        Assert.Equal("canceled", (await bank.Post($"/v1/payment_intents/{forever.At("id")}/cancel")).Ok().At("status"));
        Assert.Equal("failed", (await bank.Get("/v1/charges/" + forever.At("latest_charge"))).Ok().At("status"));
    }

    [Fact]
    public async Task Refuses_an_unknown_reason_and_an_unknown_intent()
    {
        (await bank.Post($"/v1/payment_intents/{await bank.Intent()}/cancel", ("cancellation_reason", "bored"))).Refuses(400, "invalid_request_error", "", "cancellation_reason");
        (await bank.Post("/v1/payment_intents/pi_nobody/cancel")).Refuses(404, "invalid_request_error", "resource_missing", "intent");
    }
}
