using System.Text.Json;
using Stoa.Kit;

namespace Stoa.StripeSandbox.Tests;

/// <summary>What a bank says later: the clock is moved until it has.</summary>
public sealed class SettleLaterTests
{
    private static async Task<JsonElement> Until(Bank bank, string path, string status)
    {
        var reply = await Eventually.Get(async () =>
        {
            bank.Clock!.Advance(TimeSpan.FromMilliseconds(500));
            return await bank.Get(path);
        }, seen => seen.At("status") == status, $"{path} {status}");
        return reply.Json;
    }

    [Fact]
    public async Task A_debit_is_processing_first_and_succeeds_after_its_delay()
    {
        await using var bank = await Bank.Start(new ManualClock());
        var intent = await bank.Paid("pm_usBankAccount_success", ("payment_method_types[]", "us_bank_account"));
        Assert.Equal("processing 0", $"{intent.At("status")} {intent.At("amount_received")}");
        Assert.Equal("pending", (await bank.Get("/v1/charges/" + intent.At("latest_charge"))).At("status"));
        bank.Clock!.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("processing", (await bank.Get("/v1/payment_intents/" + intent.At("id"))).At("status"));

        var settled = await Until(bank, "/v1/payment_intents/" + intent.At("id"), "succeeded");
        Assert.Equal("2000", settled.At("amount_received"));
        Assert.Equal("succeeded STRIPE TEST BANK", $"{(await bank.Get("/v1/charges/" + intent.At("latest_charge"))).At("status")} {(await bank.Get("/v1/charges/" + intent.At("latest_charge"))).At("payment_method_details.us_bank_account.bank_name")}");
        Assert.Equal(["payment_intent.created", "payment_intent.processing", "payment_intent.succeeded"], await bank.EventTypes(intent.At("id")));
        Assert.Equal(["charge.pending", "charge.succeeded"], await bank.EventTypes(intent.At("latest_charge")));
    }

    [Fact]
    public async Task A_debit_without_funds_fails_later_and_leaves_the_intent_open()
    {
        await using var bank = await Bank.Start(new ManualClock());
        var intent = await bank.Paid("pm_usBankAccount_insufficientFunds", ("payment_method_types[]", "us_bank_account"));
        var failed = await Until(bank, "/v1/payment_intents/" + intent.At("id"), "requires_payment_method");
        Assert.Equal("payment_intent_payment_attempt_failed", failed.At("last_payment_error.code"));
        Assert.Equal("failed insufficient_funds", $"{(await bank.Get("/v1/charges/" + intent.At("latest_charge"))).At("status")} {(await bank.Get("/v1/charges/" + intent.At("latest_charge"))).At("failure_code")}");
        Assert.Equal("succeeded", (await bank.Confirm(intent.At("id"), "pm_usBankAccount_success")).Ok().At("status") == "processing"
            ? (await Until(bank, "/v1/payment_intents/" + intent.At("id"), "succeeded")).At("status") : "");
    }

    [Fact]
    public async Task A_restart_does_not_lose_what_is_on_its_way()
    {
        await using var bank = await Bank.Start(new ManualClock());
        var intent = await bank.Paid("pm_usBankAccount_success", ("payment_method_types[]", "us_bank_account"));
        await bank.Store.Stop("sandbox");
        bank.Clock!.Advance(TimeSpan.FromMinutes(1));
        await bank.Store.Run("sandbox");
        await Until(bank, "/v1/payment_intents/" + intent.At("id"), "succeeded");
    }

    [Fact]
    public async Task A_slow_refund_is_pending_and_counts_at_once()
    {
        await using var bank = await Bank.Start(new ManualClock());
        var paid = await bank.Paid("pm_card_pendingRefund");
        var refund = (await bank.Post("/v1/refunds", ("payment_intent", paid.At("id")))).Ok();
        Assert.Equal("pending processing", $"{refund.At("status")} {refund.At("pending_reason")}");
        (await bank.Post("/v1/refunds", ("payment_intent", paid.At("id")), ("amount", 1))).Refuses(400, "invalid_request_error", "charge_already_refunded");
        await Until(bank, "/v1/refunds/" + refund.At("id"), "succeeded");
        Assert.Equal(["refund.created", "refund.updated"], await bank.EventTypes(refund.At("id")));
    }

    [Fact]
    public async Task A_refund_that_fails_later_gives_its_amount_back_to_the_charge()
    {
        await using var bank = await Bank.Start(new ManualClock());
        var paid = await bank.Paid("pm_card_refundFail");
        var refund = (await bank.Post("/v1/refunds", ("payment_intent", paid.At("id")), ("amount", 1500))).Ok();
        Assert.Equal("succeeded", refund.At("status"));
        var failed = await Until(bank, "/v1/refunds/" + refund.At("id"), "failed");
        Assert.NotEmpty(failed.At("failure_reason"));
        Assert.Equal("0 False", $"{(await bank.Get("/v1/charges/" + paid.At("latest_charge"))).At("amount_refunded")} {(await bank.Get("/v1/charges/" + paid.At("latest_charge"))).At("refunded")}");
        Assert.Equal(["refund.created", "refund.updated", "refund.failed"], await bank.EventTypes(refund.At("id")));
        (await bank.Post("/v1/refunds", ("payment_intent", paid.At("id")))).Ok();
    }
}
