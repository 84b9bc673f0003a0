using System.Net;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Payments.Tests;

/// <summary>P13: refunds never give back more than was taken, and never twice.</summary>
public sealed class RefundTests : IAsyncLifetime
{
    private Shop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await Shop.Open();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Gives_back_a_part_and_then_the_rest()
    {
        var payment = await Paid();
        var part = await _shop.Refund(payment, 1000);
        Assert.Equal((201, "succeeded"), (part.Status, part.Json.GetProperty("status").GetString()));
        Assert.Equal(1000, (await _shop.Payment(payment)).Json.GetProperty("refunded").GetProperty("amount").GetInt64());
        Assert.Equal(201, (await _shop.Refund(payment)).Status);
        Assert.Equal([false, true], (await _shop.Events("payment.refunded")).Select(one => one.GetProperty("whole").GetBoolean()));
        Assert.Equal(0, (await _shop.Balances())[Ledger.ProviderClearing]);
        Assert.Equal((409, "refund_exceeds_payment"), Both(await _shop.Refund(payment)));
    }

    [Fact]
    public async Task Staff_see_the_refunds_of_an_order_and_each_by_its_id()
    {
        var (order, other) = (_shop.PlaceOrder(), _shop.PlaceOrder());
        var payment = (await _shop.Pay(order)).Json.GetProperty("id").GetString()!;
        var elsewhere = (await _shop.Pay(other)).Json.GetProperty("id").GetString()!;
        var (first, second, third) = (await Refund(payment), await Refund(payment), await Refund(elsewhere));

        var staff = _shop.Store.Api("payments").As(_shop.Store.Tokens.Staff(_shop.Anna));
        Assert.Equal([second, first], Ids(await staff.Get($"/api/refunds?orderId={order}")));
        var page = await staff.Get("/api/refunds?limit=2");
        Assert.Equal([third, second], Ids(page));
        Assert.Equal([first], Ids(await staff.Get($"/api/refunds?limit=2&cursor={page.Json.GetProperty("nextCursor").GetString()}")));
        Assert.Equal(order, (await staff.Get($"/api/refunds/{first}")).Json.GetProperty("orderId").GetGuid());
        Assert.Equal((404, "not_found"), Both(await staff.Get($"/api/refunds/{order}")));
        Assert.Equal(403, (await _shop.As(_shop.Anna).Get("/api/refunds")).Status);
    }

    [Fact]
    public async Task A_refund_says_who_asked_for_it_and_why()
    {
        var payment = await Paid();
        var staff = _shop.Store.Api("payments").As(_shop.Store.Tokens.Staff(_shop.Anna));
        var made = (await staff.Post("/api/refunds", new { paymentId = payment, amount = new { amount = 100, currency = "USD" }, reason = "A chip" }, key: "why")).Json;
        var seen = (await staff.Get($"/api/refunds/{made.GetProperty("id").GetGuid()}")).Json;
        Assert.Equal(("A chip", _shop.Anna), (seen.GetProperty("reason").GetString(), seen.GetProperty("requestedBy").GetGuid()));
    }

    [Fact]
    public async Task The_cap_counts_refunds_under_way()
    {
        var payment = await Paid("pm_card_pendingRefund");
        var pending = await _shop.Refund(payment, 3000);
        Assert.Equal((201, "pending"), (pending.Status, pending.Json.GetProperty("status").GetString()));
        Assert.Equal((409, "refund_exceeds_payment"), Both(await _shop.Refund(payment, 1201)));
        Assert.Equal(201, (await _shop.Refund(payment, 1200)).Status);
        await _shop.Sees(() => _shop.Events("payment.refunded"), events => events.Count == 2, "both refunds");
        Assert.Equal(0, (await _shop.Balances())[Ledger.ProviderClearing]);
    }

    [Fact]
    public async Task Many_at_once_stay_within_the_payment()
    {
        var payment = await Paid();
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _shop.Refund(payment, 1000)));
        Assert.Equal(4, replies.Count(reply => reply.Status == 201));
        Assert.Equal(4, replies.Count(reply => reply.Code == "refund_exceeds_payment"));
        Assert.Equal(200, (await _shop.Balances())[Ledger.ProviderClearing]);
    }

    [Fact]
    public async Task One_whose_answer_was_lost_is_found_and_not_sent_again()
    {
        var payment = await Paid();
        _shop.Wire.LoseAnswersTo("/refunds", times: 1);
        Assert.Equal("pending", (await _shop.Refund(payment, key: "k")).Json.GetProperty("status").GetString());
        await _shop.Sees(() => _shop.Events("payment.refunded"), events => events.Count == 1, "the refund");
        Assert.Single(await _shop.Refunds());
        Assert.Equal(1, _shop.Wire.Calls.Count(call => call == "POST /v1/refunds"));
        var replay = await _shop.Refund(payment, key: "k");
        Assert.Equal((201, "succeeded", "true"), (replay.Status, replay.Json.GetProperty("status").GetString(), replay.Header("Idempotency-Replayed")));
    }

    [Fact]
    public async Task One_not_found_when_its_key_may_be_forgotten_is_left_to_a_person()
    {
        var payment = await Paid();
        _shop.Wire.Cut("/refunds");
        await _shop.Refund(payment);
        _shop.Clock.Advance(TimeSpan.FromHours(24));
        _shop.Wire.Script = null;
        await Reads("escalated");
        Assert.Empty(await _shop.Refunds());
        Assert.Equal("refund_exceeds_payment", (await _shop.Refund(payment, 1)).Code); // it may have gone out
    }

    [Fact]
    public async Task One_whose_key_brings_nothing_but_an_error_is_left_to_a_person()
    {
        var payment = await Paid();
        await _shop.Arrange("faults", ("on", "POST /v1/refunds"), ("answer", "500"), ("kept", "true"));
        Assert.Equal("pending", (await _shop.Refund(payment)).Json.GetProperty("status").GetString());
        await Reads("escalated");
        Assert.Empty(await _shop.Refunds());
    }

    [Fact]
    public async Task One_that_the_provider_refuses_fails_and_frees_its_amount()
    {
        var payment = await Paid();
        _shop.Wire.On("/refunds", 1, _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadRequest)
        {
            Content = new StringContent("""{"error":{"type":"invalid_request_error","code":"charge_disputed"}}"""),
        }));
        Assert.Equal("failed", (await _shop.Refund(payment)).Json.GetProperty("status").GetString());
        Assert.Equal("succeeded", (await _shop.Refund(payment)).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task One_that_comes_back_later_is_reversed_in_the_ledger()
    {
        await using var shop = await Shop.Open(webhooks: true);
        var paid = await shop.Pay(shop.PlaceOrder(), "pm_card_refundFail");
        var payment = paid.Json.GetProperty("id").GetString()!;
        Assert.Equal("succeeded", (await shop.Refund(payment)).Json.GetProperty("status").GetString());
        Assert.Equal(0, (await shop.Balances())[Ledger.ProviderClearing]);
        shop.Clock.Advance(TimeSpan.FromSeconds(4));
        await shop.Sees(shop.Balances, balances => balances[Ledger.ProviderClearing] == 4200, "the reversal");
        Assert.Equal(0, (await shop.Payment(payment)).Json.GetProperty("refunded").GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task Only_staff_may_and_only_what_makes_sense()
    {
        var payment = await Paid();
        Assert.Equal(403, (await _shop.As(_shop.Anna).Post("/api/refunds", new { paymentId = payment }, "k")).Status);
        Assert.Equal(401, (await _shop.Store.Api("payments").Post("/api/refunds", new { paymentId = payment }, "k")).Status);
        Assert.Equal((404, "not_found"), Both(await _shop.Refund(_shop.NewId().ToString())));
        Assert.Equal((422, "validation"), Both(await _shop.Refund(payment, 0)));
        var staff = _shop.Store.Api("payments").As(_shop.Store.Tokens.Staff(_shop.Anna));
        Assert.Equal((422, "validation"), Both(await staff.Post("/api/refunds", "{}", "k")));
        Assert.Equal((422, "validation"), Both(await staff.Post("/api/refunds", new { paymentId = payment, amount = new { amount = 1, currency = "EUR" } }, "k")));
        Assert.Equal((400, "idempotency_key_missing"), Both(await staff.Post("/api/refunds", new { paymentId = payment })));
        var declined = await _shop.Pay(_shop.PlaceOrder(), "pm_card_visa_chargeDeclined");
        Assert.Equal((409, "refund_exceeds_payment"), Both(await _shop.Refund(declined.Json.GetProperty("paymentId").GetString()!)));
    }

    private async Task<string> Paid(string method = "pm_card_visa") =>
        (await _shop.Pay(_shop.PlaceOrder(), method)).Json.GetProperty("id").GetString()!;

    private Task Reads(string status) => _shop.Sees(
        () => _shop.Store.Get<Database>("payments").Scalar<string>("SELECT status FROM refunds"), seen => seen == status, $"the refund {status}");

    /// <summary>Ids of one moment are in no order: time passes before each.</summary>
    private async Task<string> Refund(string payment)
    {
        _shop.Clock.Advance(TimeSpan.FromMilliseconds(2));
        return (await _shop.Refund(payment, 100)).Json.GetProperty("id").GetString()!;
    }

    private static string[] Ids(Reply list) => [.. list.Json.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
