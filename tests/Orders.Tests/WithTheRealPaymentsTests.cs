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

    private Task<Reply> Pay(Api buyer, Guid order, string method, string key) =>
        _shop.Store.Api("payments").As(buyer.Token).Post("/api/payments", new { orderId = order, method }, key);

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
