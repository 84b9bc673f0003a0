using System.Text.Json;
using Stoa.Kit;

namespace Stoa.Payments.Tests;

/// <summary>The provider itself goes wrong: late after the charge, 500s, 429s, cut connections, lost webhooks, as the sandbox plays
/// them. Each ends with one charge or one refund, and the state that it stands for.</summary>
public sealed class ProviderFaultTests(SharedShop shared) : IClassFixture<SharedShop>, IAsyncLifetime
{
    private const string Create = "POST /v1/payment_intents";
    private const string Confirm = "POST /v1/payment_intents/{id}/confirm";
    private const string Cancel = "POST /v1/payment_intents/{id}/cancel";
    private const string Read = "GET /v1/payment_intents/{id}";
    private const string GiveBack = "POST /v1/refunds";

    private Shop Shop => shared.Shop;

    /// <summary>What an earlier test arranged and did not meet is none of ours.</summary>
    public async ValueTask InitializeAsync() => await Shop.Arrange("clear");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Answer, before or after the effect, whether a 500 is kept under its key.</summary>
    public static TheoryData<string, string, bool> Troubles => new()
    {
        { "500", "before", false },
        { "500", "after", false },
        { "500", "after", true },
        { "429", "before", false },
        { "429", "after", false },
        { "reset", "before", false },
        { "reset", "after", false },
        { "hang", "before", false },
        { "hang", "after", false },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task In_a_confirmation_it_ends_with_one_charge(string answer, string when, bool kept)
    {
        await Arrange(Confirm, answer, when, kept);
        var order = Shop.PlaceOrder();
        var reply = await Shop.InTime(Shop.Pay(order));
        Assert.Equal((202, "processing"), (reply.Status, Text(reply, "status")));
        await Shop.Becomes(Text(reply, "id"), "succeeded");
        await PaidOnce(order);
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task In_the_making_of_the_intent_the_request_may_be_repeated_and_charges_once(string answer, string when, bool kept)
    {
        await Arrange(Create, answer, when, kept, times: 1);
        var order = Shop.PlaceOrder();
        Assert.Equal((503, "temporarily_unavailable"), Both(await Shop.InTime(Shop.Pay(order, key: $"k-{order}"))));
        await Shop.Sees(() => Shop.Pay(order, key: $"k-{order}"), again => again.Status == 201, "the payment");
        await PaidOnce(order);
    }

    [Fact]
    public async Task A_confirmation_that_broke_for_good_before_the_charge_is_called_off_and_another_pays()
    {
        await Arrange(Confirm, "500", "before", kept: true);
        var order = Shop.PlaceOrder();
        var reply = await Shop.Pay(order);
        await Shop.Becomes(Text(reply, "id"), "cancelled");
        Assert.Equal(201, (await Shop.Pay(order)).Status);
        await PaidOnce(order);
    }

    [Fact]
    public async Task One_trouble_after_another_still_ends_with_one_charge()
    {
        await Arrange(Confirm, "hang", "after", kept: false);
        await Arrange(Confirm, "429", "before", kept: false, times: 2);
        await Arrange(Confirm, "reset", "before", kept: false, times: 2);
        await Arrange(Read, "500", "before", kept: false, times: 2);
        var order = Shop.PlaceOrder();
        var reply = await Shop.InTime(Shop.Pay(order));
        await Shop.Becomes(Text(reply, "id"), "succeeded");
        await PaidOnce(order);
    }

    [Fact]
    public async Task A_decline_behind_a_cut_connection_is_a_decline_and_nothing_is_charged()
    {
        await Arrange(Confirm, "reset", "after", kept: false);
        var order = Shop.PlaceOrder();
        var reply = await Shop.Pay(order, "pm_card_visa_chargeDeclined");
        await Shop.Becomes(Text(reply, "id"), "declined");
        Assert.Empty(await Shop.Charges(order));
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task In_a_refund_it_ends_with_one_refund(string answer, string when, bool kept)
    {
        var order = Shop.PlaceOrder();
        var payment = Text(await Shop.Pay(order), "id");
        await Arrange(GiveBack, answer, when, kept);
        var reply = await Shop.InTime(Shop.Refund(payment, 1000));
        Assert.Equal((201, "pending"), (reply.Status, Text(reply, "status")));
        await Shop.Sees(() => Shop.Payment(payment), seen => seen.Json.GetProperty("refunded").GetProperty("amount").GetInt64() == 1000, "the refund");
        Assert.Equal(1000, (await Shop.Charges(order))[0].GetProperty("amount_refunded").GetInt64());
        Assert.Single(await Shop.Events("payment.refunded"), one => one.GetProperty("orderId").GetGuid() == order);
    }

    [Theory]
    [InlineData("500", "after")]
    [InlineData("reset", "after")]
    [InlineData("reset", "before")]
    [InlineData("429", "before")]
    public async Task In_a_closure_the_order_is_in_flight_until_the_intent_is_known_to_be_canceled(string answer, string when)
    {
        var order = Shop.PlaceOrder();
        await Shop.Pay(order, "pm_card_visa_chargeDeclined");
        await Arrange(Cancel, answer, when, kept: false);
        Assert.Equal("in_flight", await Shop.Close(order));
        Assert.Equal("closed", await Shop.Close(order));
        Assert.Equal("canceled", (await Shop.Intents(order))[0].GetProperty("status").GetString());
        Assert.Equal("order_closed", (await Shop.Pay(order)).Code);
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("repeat")]
    [InlineData("delay")]
    public async Task A_debit_settles_once_whatever_becomes_of_its_webhooks(string treatment)
    {
        await using var shop = await Shop.Open(webhooks: true);
        await shop.Arrange("webhooks", ("treatment", treatment), ("times", "1000"));
        var order = shop.PlaceOrder();
        var reply = await shop.Pay(order, "pm_usBankAccount_success");
        await Settles(shop, () => shop.Payment(Text(reply, "id")), seen => Text(seen, "status") == "succeeded", "the payment");
        Assert.Single(await shop.Events("payment.succeeded"));
        Assert.Equal(4200, (await shop.Balances())[Ledger.ProviderClearing]);
    }

    [Theory]
    [InlineData("pm_card_pendingRefund", "drop", 0)]
    [InlineData("pm_card_pendingRefund", "repeat", 0)]
    [InlineData("pm_card_refundFail", "repeat", 4200)]
    [InlineData("pm_card_refundFail", "delay", 4200)]
    public async Task A_slow_refund_ends_once_whatever_becomes_of_its_webhooks(string method, string treatment, long left)
    {
        await using var shop = await Shop.Open(webhooks: true);
        await shop.Arrange("webhooks", ("treatment", treatment), ("times", treatment == "delay" ? "4" : "1000")); // a delayed one is delayed again
        var payment = Text(await shop.Pay(shop.PlaceOrder(), method), "id");
        Assert.Equal(201, (await shop.Refund(payment)).Status);
        var ends = left == 0 ? "payment.refunded" : "payment.refund_failed";
        await Settles(shop, () => shop.Events(ends), events => events.Count > 0, ends);
        Assert.Single(await shop.Events("payment.refunded"));
        Assert.Equal(left, (await shop.Balances())[Ledger.ProviderClearing]);
    }

    private Task Arrange(string on, string answer, string when, bool kept, int times = 1) => Shop.Arrange(
        "faults", ("on", on), ("answer", answer), ("when", when), ("kept", kept ? "true" : "false"), ("times", $"{times}"), ("seconds", "5"));

    /// <summary>Banks take seconds, and lost webhooks longer: time passes in quarters of a second.</summary>
    private static Task<T> Settles<T>(Shop shop, Func<Task<T>> look, Func<T, bool> holds, string what) => Eventually.Get(() =>
    {
        shop.Clock.Advance(TimeSpan.FromMilliseconds(250));
        return look();
    }, holds, what);

    private async Task PaidOnce(Guid order)
    {
        Assert.Single(await Shop.Charges(order));
        Assert.Single(await Shop.Events("payment.succeeded"), one => one.GetProperty("orderId").GetGuid() == order);
        Assert.Equal("order_already_paid", (await Shop.Pay(order)).Code);
    }

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);

    private static string Text(Reply reply, string field) => reply.Json.ValueKind == JsonValueKind.Object ? reply.Json.GetProperty(field).ToString() : reply.ToString();
}
