namespace Stoa.StripeSandbox.Tests;

public sealed class CreateRefundTests(Bank bank) : IClassFixture<Bank>
{
    [Fact]
    public async Task Partial_refunds_add_up_to_the_charge_and_no_further()
    {
        var paid = await bank.Paid();
        var first = (await bank.Post("/v1/refunds", ("payment_intent", paid.At("id")), ("amount", 500), ("reason", "requested_by_customer"), ("metadata[refund]", "r1"))).Ok();
        Assert.Matches("^re_", first.At("id"));
        Assert.Equal("refund 500 usd succeeded requested_by_customer r1", string.Join(' ', new[] { "object", "amount", "currency", "status", "reason", "metadata.refund" }.Select(first.At)));
        (await bank.Post("/v1/refunds", ("payment_intent", paid.At("id")), ("amount", 1501))).Refuses(400, "invalid_request_error", "", "amount");
        var rest = (await bank.Post("/v1/refunds", ("charge", paid.At("latest_charge")), ("expand[]", "charge"))).Ok();
        Assert.Equal("1500 2000 True", $"{rest.At("amount")} {rest.At("charge.amount_refunded")} {rest.At("charge.refunded")}");
        (await bank.Post("/v1/refunds", ("payment_intent", paid.At("id")))).Refuses(400, "invalid_request_error", "charge_already_refunded");
        Assert.Equal(["charge.succeeded", "charge.refunded", "charge.refunded"], await bank.EventTypes(paid.At("latest_charge")));
        Assert.Equal(["refund.created"], await bank.EventTypes(first.At("id")));
    }

    [Fact]
    public async Task Many_refunds_at_once_never_give_back_more_than_was_charged()
    {
        var paid = await bank.Paid();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => bank.Post("/v1/refunds", ("payment_intent", paid.At("id")), ("amount", 300))));
        Assert.Equal(6, answers.Count(answer => answer.Status == 200));
        Assert.Equal("1800", (await bank.Get("/v1/charges/" + paid.At("latest_charge"))).At("amount_refunded"));
    }

    [Fact]
    public async Task Refuses_what_was_never_charged()
    {
        (await bank.Post("/v1/refunds", ("payment_intent", await bank.Intent()))).Refuses(400, "invalid_request_error", "", "payment_intent");
        var id = await bank.Intent();
        var declined = await bank.Confirm(id, "pm_card_visa_chargeDeclined");
        (await bank.Post("/v1/refunds", ("charge", declined.At("error.charge")))).Refuses(400, "invalid_request_error", "charge_not_refundable", "charge");
        var processing = await bank.Paid("pm_usBankAccount_processing", ("payment_method_types[]", "us_bank_account"));
        (await bank.Post("/v1/refunds", ("payment_intent", processing.At("id")))).Refuses(400, "invalid_request_error", "", "payment_intent");
    }

    [Fact]
    public async Task Refuses_wrong_parameters_and_names_them()
    {
        var paid = (await bank.Paid()).At("id");
        (await bank.Post("/v1/refunds")).Refuses(400, "invalid_request_error", "parameter_missing");
        (await bank.Post("/v1/refunds", ("payment_intent", paid), ("charge", "ch_x"))).Refuses(400, "invalid_request_error");
        (await bank.Post("/v1/refunds", ("payment_intent", "pi_nobody"))).Refuses(404, "invalid_request_error", "resource_missing", "payment_intent");
        (await bank.Post("/v1/refunds", ("charge", "ch_nobody"))).Refuses(404, "invalid_request_error", "resource_missing", "charge");
        (await bank.Post("/v1/refunds", ("payment_intent", paid), ("amount", 0))).Refuses(400, "invalid_request_error", "parameter_invalid_integer", "amount");
        (await bank.Post("/v1/refunds", ("payment_intent", paid), ("reason", "bored"))).Refuses(400, "invalid_request_error", "", "reason");
        (await bank.Post("/v1/refunds", ("payment_intent", paid), ("amuont", 5))).Refuses(400, "invalid_request_error", "parameter_unknown", "amuont");
        (await bank.Get("/v1/refunds/re_nobody")).Refuses(404, "invalid_request_error", "resource_missing", "refund");
    }
}
