using System.Net;
using Stoa.Kit;

namespace Stoa.Payments.Tests;

/// <summary>P10: whatever is lost between us and the provider, an attempt ends by the provider's word, and charges once.</summary>
public sealed class RecoveryTests : IAsyncLifetime
{
    private Shop _shop = null!;
    private Guid _order;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.Open();
        _order = _shop.PlaceOrder();
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task An_answer_lost_after_the_charge_is_recovered_without_a_second_charge()
    {
        _shop.Wire.LoseAnswersTo("/confirm", times: 2);
        var id = await Processing();
        await _shop.Becomes(id, "succeeded");
        Assert.Equal(3, _shop.Wire.Count("/confirm"));
        await ChargedOnce();
    }

    [Fact]
    public async Task A_decline_whose_answer_was_lost_is_a_decline()
    {
        _shop.Wire.LoseAnswersTo("/confirm", times: 1);
        var reply = await _shop.Pay(_order, "pm_card_visa_chargeDeclined");
        await _shop.Becomes(reply.Json.GetProperty("id").GetString()!, "declined");
    }

    [Theory]
    [InlineData(HttpStatusCode.Conflict, "idempotency_key_in_use")]
    [InlineData(HttpStatusCode.TooManyRequests, "rate_limit")]
    [InlineData(HttpStatusCode.InternalServerError, "api_error")]
    [InlineData(HttpStatusCode.BadGateway, "api_error")]
    [InlineData(HttpStatusCode.Unauthorized, "api_key_expired")]
    public async Task What_only_means_not_yet_is_asked_again(HttpStatusCode status, string code)
    {
        _shop.Wire.Answer("/confirm", status, $$$"""{"error":{"type":"api_error","code":"{{{code}}}"}}""", times: 1);
        await _shop.Becomes(await Processing(), "succeeded");
        Assert.Equal(0, _shop.Wire.Count("/cancel"));
        await ChargedOnce();
    }

    [Fact]
    public async Task An_answer_that_is_no_json_means_not_yet()
    {
        _shop.Wire.Answer("/confirm", HttpStatusCode.OK, "<html>gateway</html>", times: 1);
        await _shop.Becomes(await Processing(), "succeeded");
        await ChargedOnce();
    }

    [Fact]
    public async Task A_500_that_is_replayed_after_a_charge_is_settled_by_reading_the_intent()
    {
        await _shop.Arrange("faults", ("on", "POST /v1/payment_intents/{id}/confirm"), ("answer", "500"), ("when", "after"), ("kept", "true"));
        await _shop.Becomes(await Processing(), "succeeded");
        await ChargedOnce();
    }

    [Fact]
    public async Task A_500_that_is_replayed_without_a_charge_ends_by_cancelling_the_intent()
    {
        await _shop.Arrange("faults", ("on", "POST /v1/payment_intents/{id}/confirm"), ("answer", "500"), ("when", "before"), ("kept", "true"));
        await _shop.Becomes(await Processing("k"), "cancelled");
        var replay = await _shop.Pay(_order, key: "k");
        Assert.Equal((402, "payment_declined", "true"), (replay.Status, replay.Code, replay.Header("Idempotency-Replayed")));
        Assert.Equal(201, (await _shop.Pay(_order)).Status);
        Assert.Single(await _shop.Charges(_order));
    }

    [Fact]
    public async Task After_an_hour_the_form_is_not_repeated_the_intent_is_read_and_a_charge_counts()
    {
        _shop.Wire.LoseAnswersTo("/confirm");
        var id = await Processing();
        _shop.Wire.Cut();
        _shop.Clock.Advance(TimeSpan.FromHours(1));
        await ForgetKeys();
        var confirmations = _shop.Wire.Count("/confirm");
        _shop.Wire.Script = null;
        await _shop.Becomes(id, "succeeded");
        Assert.Equal(confirmations, _shop.Wire.Count("/confirm"));
        await ChargedOnce();
    }

    [Fact]
    public async Task After_an_hour_an_undecided_intent_is_canceled_and_only_that_ends_the_attempt()
    {
        _shop.Wire.Cut("/confirm");
        var id = await Processing();
        _shop.Wire.Cut();
        _shop.Clock.Advance(TimeSpan.FromHours(1));
        await ForgetKeys();
        _shop.Wire.LoseAnswersTo("/cancel", times: 1);
        await _shop.Becomes(id, "cancelled");
        Assert.Equal("canceled", Assert.Single(await _shop.Intents(_order)).GetProperty("status").GetString());
        Assert.Equal(201, (await _shop.Pay(_order)).Status);
        Assert.Single(await _shop.Charges(_order));
    }

    [Fact]
    public async Task A_404_of_the_intent_ends_nothing()
    {
        _shop.Wire.Cut("/confirm");
        var id = await Processing();
        _shop.Clock.Advance(TimeSpan.FromHours(1));
        _shop.Wire.Script = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound)
        {
            Content = new StringContent("""{"error":{"type":"invalid_request_error","code":"resource_missing"}}"""),
        });
        var reads = _shop.Wire.Calls.Count;
        await _shop.Sees(() => Task.FromResult(_shop.Wire.Calls.Count), calls => calls > reads + 2, "more reads");
        Assert.Equal("processing", (await _shop.Payment(id)).Json.GetProperty("status").GetString());
        Assert.Equal("in_flight", await _shop.Close(_order));
    }

    [Fact]
    public async Task A_caller_has_its_answer_at_four_seconds_and_what_a_crash_left_is_taken_up()
    {
        var held = new TaskCompletionSource<HttpResponseMessage>();
        _shop.Wire.On("/confirm", 1, _ => held.Task);
        var paying = _shop.Pay(_order, key: "crashed");
        await Eventually.Is(() => Task.FromResult(_shop.Wire.Count("/confirm") == 1), "the confirmation under way");
        _shop.Clock.Advance(TimeSpan.FromSeconds(4));
        var reply = await paying;
        Assert.Equal((202, "processing"), (reply.Status, reply.Json.GetProperty("status").GetString()));

        await _shop.Store.Stop("payments"); // the confirmation never left, its lease is not over, and nobody knows of it but the row
        await _shop.Store.Run("payments");
        Assert.Equal("request_in_progress", (await _shop.Pay(_order, key: "crashed")).Code);
        _shop.Clock.Advance(PaymentRules.Lease);
        await _shop.Becomes(reply.Json.GetProperty("id").GetString()!, "succeeded");
        var replay = await _shop.Pay(_order, key: "crashed");
        Assert.Equal((201, "true"), (replay.Status, replay.Header("Idempotency-Replayed")));
        await ChargedOnce();
        held.SetCanceled();
    }

    [Fact]
    public async Task A_charge_whose_result_could_not_be_written_is_booked_after_a_restart()
    {
        var crash = new Crash();
        await using var shop = await Shop.Open(commit: crash.Commit);
        var order = shop.PlaceOrder();
        shop.Wire.On("/confirm", 1, async call =>
        {
            var answer = await call();
            crash.AtNextCommit = true; // the money is taken, and we die before we have written it down
            return answer;
        });
        Assert.Equal(503, (await shop.Pay(order, key: "k")).Status);
        await shop.Store.Stop("payments");
        await shop.Store.Run("payments");
        shop.Clock.Advance(PaymentRules.Lease);
        await shop.Sees(() => shop.Events("payment.succeeded"), events => events.Count == 1, "the event");
        Assert.Equal(201, (await shop.Pay(order, key: "k")).Status);
        Assert.Single(await shop.Charges(order));
        Assert.Equal(4200, (await shop.Balances())[Ledger.ProviderClearing]);
    }

    private async Task<string> Processing(string? key = null)
    {
        var reply = await _shop.Pay(_order, key: key);
        Assert.Equal((202, "processing"), (reply.Status, reply.Json.GetProperty("status").GetString()));
        return reply.Json.GetProperty("id").GetString()!;
    }

    private Task ForgetKeys() => _shop.Arrange("idempotency_keys/forget");

    private async Task ChargedOnce()
    {
        Assert.Single(await _shop.Charges(_order));
        Assert.Single(await _shop.Events("payment.succeeded"));
        Assert.Equal(4200, (await _shop.Balances())[Ledger.ProviderClearing]);
        Assert.Equal("order_already_paid", (await _shop.Pay(_order)).Code);
    }

    private sealed class Crash
    {
        public bool AtNextCommit { get; set; }

        public void Commit(string moment)
        {
            if (moment != "before" || !AtNextCommit) return;
            AtNextCommit = false;
            throw new Microsoft.Data.Sqlite.SqliteException("the machine stopped", 10);
        }
    }
}
