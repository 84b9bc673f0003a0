using Stoa.Contracts;
using Stoa.Kit;

namespace Stoa.Orders.Tests;

/// <summary>The same promises with the till that the store ships, and the sandbox as its bank.</summary>
public sealed class WithTheRealPaymentsTests(WithTheRealPaymentsTests.Own own) : IClassFixture<WithTheRealPaymentsTests.Own>
{
    public sealed class Own : IAsyncLifetime
    {
        public Shop Shop { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Shop = await Shop.Open(
            settings: new() { ["STRIPE_SECRET_KEY"] = "sk_test_orders", ["STRIPE_WEBHOOK_SECRET"] = "whsec_orders" },
            real: [("sandbox", StripeSandbox.Program.Build), ("payments", Payments.Program.Build)]);

        public ValueTask DisposeAsync() => Shop.DisposeAsync();
    }

    private readonly Shop _shop = own.Shop;

    [Fact]
    public async Task A_paid_order_is_paid_here_too_shows_its_payments_and_cannot_be_cancelled()
    {
        var buyer = _shop.Customer();
        var order = await _shop.PlaceOne(buyer);
        Assert.Equal((402, "payment_declined"), Both(await Pay(buyer, order, "pm_card_visa_chargeDeclined", "k1")));
        Assert.Equal(201, (await Pay(buyer, order, "pm_card_visa", "k2")).Status);
        await _shop.Reads(order, OrderStatus.Paid);
        var payments = (await buyer.Get($"/api/orders/{order}")).Json.GetProperty("payments").EnumerateArray();
        Assert.Equal(["declined", "succeeded"], payments.Select(one => one.GetProperty("status").GetString()).Order());
        Assert.Equal((409, "order_already_paid"), Both(await buyer.Post($"/api/orders/{order}/cancel")));
        Assert.Equal(["order.awaiting_payment", "order.paid"], await _shop.ToldTypes(order));
    }

    [Fact]
    public async Task A_cancelled_order_can_never_be_paid()
    {
        var buyer = _shop.Customer();
        var order = await _shop.PlaceOne(buyer);
        Assert.Equal(402, (await Pay(buyer, order, "pm_card_visa_chargeDeclined", "k1")).Status);
        Assert.Equal("cancelled", Shop.Status(await buyer.Post($"/api/orders/{order}/cancel")));
        Assert.Equal((409, "order_closed"), Both(await Pay(buyer, order, "pm_card_visa", "k2")));
    }

    [Fact]
    public async Task Paying_and_cancelling_at_once_end_in_one_of_the_two()
    {
        for (var i = 0; i < 5; i++)
        {
            var buyer = _shop.Customer();
            var order = await _shop.PlaceOne(buyer);
            var (paying, cancelling) = (Pay(buyer, order, "pm_card_visa", "k"), buyer.Post($"/api/orders/{order}/cancel"));
            var (paid, cancelled) = (await paying, await cancelling);
            await _shop.Reads(order, paid.Status == 201 ? OrderStatus.Paid : OrderStatus.Cancelled);
            Assert.NotEqual(paid.Status == 201, Shop.Status(cancelled) == OrderStatus.Cancelled);
        }
    }

    [Fact]
    public async Task Staff_cancel_a_paid_order_and_the_money_is_back_at_once()
    {
        var order = await PaidOne("pm_card_visa");
        var cancelled = await _shop.Staff().Post($"/api/orders/{order}/cancel");
        Assert.Equal((200, "refunded"), (cancelled.Status, Shop.Status(cancelled)));
        Assert.Equal((409, "wrong_status"), Both(await Ship(order)));
        Assert.Equal(1, await Refunded(order));
    }

    [Fact]
    public async Task Refunds_in_parts_make_the_order_refunded_when_they_are_the_whole()
    {
        var order = await PaidOne("pm_card_visa");
        var payment = await PaymentOf(order);
        Assert.Equal(201, (await Refund(payment.Id, new Money(payment.Amount - 1, "USD"), "k1")).Status);
        Assert.Equal("paid", Shop.Status(await _shop.Staff().Get($"/api/orders/{order}")));
        Assert.Equal(201, (await Refund(payment.Id, null, "k2")).Status);
        await _shop.Reads(order, OrderStatus.Refunded);
    }

    [Fact]
    public async Task A_whole_refund_and_a_shipment_at_once_end_with_goods_or_stock_never_both()
    {
        for (var i = 0; i < 4; i++)
        {
            var order = await PaidOne("pm_card_visa");
            var payment = await PaymentOf(order);
            var (refunding, shipping) = (Refund(payment.Id, null, "k"), Ship(order));
            Assert.Equal(201, (await refunding).Status);
            var shipped = (await shipping).Status == 200;
            await _shop.Reads(order, OrderStatus.Refunded);
            Assert.NotEqual(shipped, (await _shop.Told(order))[^1].Data.GetProperty("returnsStock").GetBoolean());
        }
    }

    [Fact]
    public async Task A_staff_cancel_and_a_shipment_at_once_end_in_one_of_the_two()
    {
        for (var i = 0; i < 4; i++)
        {
            var order = await PaidOne("pm_card_visa");
            var (cancelling, shipping) = (_shop.Staff().Post($"/api/orders/{order}/cancel"), Ship(order));
            var (cancelled, shipped) = (await cancelling, await shipping);
            await _shop.Reads(order, shipped.Status == 200 ? OrderStatus.Shipped : OrderStatus.Refunded);
            Assert.Equal(shipped.Status == 200 ? 409 : 200, cancelled.Status);
            Assert.Equal(shipped.Status == 200 ? 0 : 1, await Refunded(order));
        }
    }

    private async Task<Guid> PaidOne(string method)
    {
        var buyer = _shop.Customer();
        var order = await _shop.PlaceOne(buyer);
        Assert.Equal(201, (await Pay(buyer, order, method, "k")).Status);
        await _shop.Reads(order, OrderStatus.Paid);
        return order;
    }

    private async Task<(string Id, long Amount)> PaymentOf(Guid order)
    {
        var payment = (await _shop.Staff().Get($"/api/orders/{order}")).Json.GetProperty("payments")[0];
        return (payment.GetProperty("id").GetString()!, payment.GetProperty("amount").GetProperty("amount").GetInt64());
    }

    private Task<Reply> Refund(string paymentId, Money? amount, string key) =>
        _shop.Store.Api("payments").As(_shop.Staff().Token).Post("/api/refunds", new { paymentId, amount }, key);

    private Task<Reply> Ship(Guid order) => _shop.Staff().Post($"/api/orders/{order}/ship", new { carrier = "Hermes", trackingNumber = "H-1" });

    /// <summary>How many refunds the bank made of an order's payment.</summary>
    private async Task<int> Refunded(Guid order)
    {
        var bank = _shop.Store.Api("sandbox").As("sk_test_orders");
        var intents = (await bank.Get("/v1/payment_intents?limit=100")).Json.GetProperty("data").EnumerateArray();
        var intent = intents.Single(one => one.GetProperty("metadata").GetProperty("order_id").GetString() == order.ToString()).GetProperty("id").GetString();
        return (await bank.Get($"/v1/refunds?payment_intent={intent}")).Json.GetProperty("data").GetArrayLength();
    }

    private Task<Reply> Pay(Api buyer, Guid order, string method, string key) =>
        _shop.Store.Api("payments").As(buyer.Token).Post("/api/payments", new { orderId = order, method }, key);

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
