using Stoa.Contracts;
using Stoa.Kit;

namespace Stoa.Payments.Tests;

/// <summary>P13: Orders decides refund against ship, so it is asked before all of a payment goes back.</summary>
public sealed class RefundHoldTests : IAsyncLifetime
{
    private Shop _shop = null!;
    private Guid _order;
    private string _payment = "";

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.Open();
        _order = _shop.PlaceOrder();
        _payment = (await _shop.Pay(_order)).Json.GetProperty("id").GetString()!;
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Orders_is_asked_before_the_whole_goes_back_and_not_for_a_part()
    {
        Assert.Equal(201, (await _shop.Refund(_payment, 1200)).Status);
        Assert.Empty(_shop.Holds);
        var rest = await _shop.Refund(_payment, 3000);
        Assert.Equal((201, "succeeded"), (rest.Status, rest.Json.GetProperty("status").GetString()));
        Assert.Equal(rest.Json.GetProperty("id").GetGuid(), Assert.Single(_shop.Holds));
    }

    [Theory]
    [InlineData(500)] // away
    [InlineData(409)] // it has not heard of the payment yet
    public async Task Nothing_is_sent_until_orders_agrees(int answer)
    {
        _shop.HoldAnswer = answer;
        var reply = await _shop.Refund(_payment);
        Assert.Equal((201, "pending"), (reply.Status, reply.Json.GetProperty("status").GetString()));
        await _shop.Sees(() => Task.FromResult(_shop.Holds.Count), asked => asked > 2, "Orders asked again");
        Assert.Empty(await _shop.Refunds());
        Assert.Equal("under_way", await _shop.GiveBack(_order));

        _shop.HoldAnswer = 200;
        await _shop.Sees(() => _shop.Events("payment.refunded"), events => events.Count == 1, "the refund");
        Assert.Single(await _shop.Refunds());
        Assert.Single(_shop.Holds.Distinct());
    }

    [Fact]
    public async Task An_order_that_orders_does_not_know_cannot_ship_and_is_refunded()
    {
        _shop.HoldAnswer = 404;
        Assert.Equal("succeeded", (await _shop.Refund(_payment)).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task For_orders_what_is_left_goes_back_once_for_its_id_without_asking_it()
    {
        await _shop.Refund(_payment, 1200);
        Assert.Equal("open", await _shop.GiveBack(_order));
        var id = _shop.NewId();
        Assert.Equal("refunded", await _shop.GiveBack(_order, id));
        Assert.Equal("refunded", await _shop.GiveBack(_order, id));
        Assert.Equal("refunded", await _shop.GiveBack(_order, _shop.NewId()));
        Assert.Empty(_shop.Holds);
        Assert.Equal([3000, 1200], (await _shop.Refunds()).Select(one => one.GetProperty("amount").GetInt64()).OrderDescending());
        Assert.Equal(0, (await _shop.Balances())[Ledger.ProviderClearing]);
    }

    [Fact]
    public async Task For_orders_asked_many_times_at_once_one_refund_goes_out()
    {
        var id = _shop.NewId();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _shop.GiveBack(_order, id)));
        Assert.Equal("refunded", await _shop.GiveBack(_order));
        Assert.Single(await _shop.Refunds());
    }

    [Fact]
    public async Task One_under_way_that_fails_is_told_and_the_rest_of_the_payment_is_with_us_again()
    {
        await using var shop = await Shop.Open(webhooks: true);
        var order = shop.PlaceOrder();
        var payment = (await shop.Pay(order, "pm_card_refundFail")).Json.GetProperty("id").GetGuid();
        var id = shop.NewId();
        Assert.Equal("refunded", await shop.GiveBack(order, id));
        shop.Clock.Advance(TimeSpan.FromSeconds(4));
        var told = Assert.Single(await shop.Sees(() => shop.Events("payment.refund_failed"), events => events.Count > 0, "the failure"));
        Assert.Equal((payment, id, 4200, 0), (told.GetProperty("paymentId").GetGuid(), told.GetProperty("refundId").GetGuid(),
            told.GetProperty("amount").GetProperty("amount").GetInt64(), told.GetProperty("refundedTotal").GetProperty("amount").GetInt64()));
        Assert.Equal("open", await shop.GiveBack(order));
        Assert.Equal("open", await shop.GiveBack(order, id)); // this id has had its refund
        Assert.Single(await shop.Refunds());
    }

    [Fact]
    public async Task Of_an_order_that_is_not_paid_nothing_goes_back()
    {
        var unpaid = _shop.PlaceOrder();
        Assert.Equal("open", await _shop.GiveBack(unpaid, _shop.NewId()));
        Assert.Empty(await _shop.Refunds());
    }
}
