namespace Stoa.StripeSandbox.Tests;

public sealed class ConfirmPaymentIntentTests(Bank bank) : IClassFixture<Bank>
{
    [Theory]
    [InlineData("pm_card_visa_chargeDeclined", "card_declined", "generic_decline", "")]
    [InlineData("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds", "")]
    [InlineData("pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card", "")]
    [InlineData("pm_card_visa_chargeDeclinedStolenCard", "card_declined", "stolen_card", "")]
    [InlineData("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card", "exp_month")]
    [InlineData("pm_card_visa_chargeDeclinedExpiredCard", "expired_card", "expired_card", "exp_month")]
    [InlineData("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc", "cvc")]
    [InlineData("pm_card_chargeDeclinedProcessingError", "processing_error", "processing_error", "")]
    [InlineData("pm_card_visa_chargeDeclinedVelocityLimitExceeded", "card_declined", "card_velocity_exceeded", "")]
    public async Task A_decline_is_402_and_leaves_the_intent_open_for_another_method(string method, string code, string declineCode, string param)
    {
        var id = await bank.Intent();
        var declined = (await bank.Confirm(id, method)).Refuses(402, "card_error", code, param);
        Assert.Equal(declineCode, declined.At("error.decline_code"));
        Assert.Equal("requires_payment_method", declined.At("error.payment_intent.status"));
        Assert.Equal("", declined.At("error.payment_intent.payment_method"));
        Assert.Equal(code, declined.At("error.payment_intent.last_payment_error.code"));
        Assert.Equal(declined.At("error.charge"), declined.At("error.payment_intent.latest_charge"));
        var charge = (await bank.Get("/v1/charges/" + declined.At("error.charge"))).Ok();
        Assert.Equal($"failed False {code}", $"{charge.At("status")} {charge.At("paid")} {charge.At("failure_code")}");

        var paid = (await bank.Confirm(id, "pm_card_visa")).Ok();
        Assert.Equal("succeeded", paid.At("status"));
        Assert.Equal("", paid.At("last_payment_error"));
        Assert.Equal(["payment_intent.created", "payment_intent.payment_failed", "payment_intent.succeeded"], await bank.EventTypes(id));
    }

    [Fact]
    public async Task A_paid_intent_is_never_charged_again()
    {
        var id = await bank.Intent();
        (await bank.Confirm(id, "pm_card_visa")).Ok();
        var again = (await bank.Confirm(id, "pm_card_mastercard")).Refuses(400, "invalid_request_error", "payment_intent_unexpected_state");
        Assert.Equal("succeeded", again.At("error.payment_intent.status"));
        Assert.Equal(1, (await bank.Get("/v1/charges?payment_intent=" + id)).Json.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Many_confirmations_at_once_charge_once()
    {
        var id = await bank.Intent();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => bank.Confirm(id, "pm_card_visa")));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Equal("payment_intent_unexpected_state", answer.At("error.code")));
        Assert.Single((await bank.Get("/v1/charges?payment_intent=" + id)).Json.GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task Confirms_with_the_method_that_the_intent_has()
    {
        var id = await bank.Intent(("payment_method", "pm_card_visa"));
        Assert.Equal("succeeded", (await bank.Post($"/v1/payment_intents/{id}/confirm")).Ok().At("status"));
    }

    [Fact]
    public async Task A_method_without_a_customer_pays_once()
    {
        var method = (await bank.Paid()).At("payment_method");
        (await bank.Confirm(await bank.Intent(), method)).Refuses(400, "invalid_request_error", "", "payment_method");
    }

    [Fact]
    public async Task A_cancelled_intent_takes_no_method()
    {
        var id = await bank.Intent();
        (await bank.Post($"/v1/payment_intents/{id}/cancel")).Ok();
        (await bank.Confirm(id, "pm_card_visa")).Refuses(400, "invalid_request_error", "payment_intent_unexpected_state");
    }

    [Fact]
    public async Task Refuses_without_a_method_and_with_an_unknown_intent_or_method()
    {
        var id = await bank.Intent();
        (await bank.Post($"/v1/payment_intents/{id}/confirm")).Refuses(400, "invalid_request_error", "payment_intent_unexpected_state");
        (await bank.Confirm(id, "pm_card_nobody")).Refuses(400, "invalid_request_error", "resource_missing", "payment_method");
        (await bank.Confirm("pi_nobody", "pm_card_visa")).Refuses(404, "invalid_request_error", "resource_missing", "intent");
        (await bank.Confirm(id, "pm_card_visa", ("amount", 1))).Refuses(400, "invalid_request_error", "parameter_unknown", "amount");
    }

    [Fact]
    public async Task Off_session_a_card_that_wants_authentication_is_declined()
    {
        var declined = (await bank.Confirm(await bank.Intent(), "pm_card_authenticationRequired", ("off_session", true))).Refuses(402, "card_error", "authentication_required");
        Assert.Equal("authentication_required", declined.At("error.decline_code"));
    }

    [Fact]
    public async Task A_caller_that_handles_no_actions_gets_a_refusal_instead_of_one()
    {
        var refused = (await bank.Confirm(await bank.Intent(), "pm_card_authenticationRequired", ("error_on_requires_action", true))).Refuses(402, "card_error", "authentication_required");
        Assert.Equal("authentication_not_handled requires_payment_method", $"{refused.At("error.decline_code")} {refused.At("error.payment_intent.status")}");
    }
}
