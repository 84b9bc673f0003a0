using Stoa.Contracts;
using Stoa.Kit;

namespace Stoa.Orders.Tests;

/// <summary>The same promises with the stock room that the store ships.</summary>
public sealed class WithTheRealInventoryTests(WithTheRealInventoryTests.Own own) : IClassFixture<WithTheRealInventoryTests.Own>
{
    public sealed class Own : IAsyncLifetime
    {
        public Shop Shop { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Shop = await Shop.Open(real: ("inventory", Inventory.Program.Build));

        public ValueTask DisposeAsync() => Shop.DisposeAsync();
    }

    private readonly Shop _shop = own.Shop;

    [Fact]
    public async Task Stock_is_held_sold_when_paid_and_released_when_cancelled()
    {
        var sku = await Stocked(3);
        var buyer = _shop.Customer();
        var kept = Shop.Id(await buyer.Post("/api/orders", Shop.OrderOf(sku, 2000, quantity: 2), key: "k1"));
        var short1 = await buyer.Post("/api/orders", Shop.OrderOf(sku, 2000, quantity: 2), key: "k2");
        Assert.Equal("out_of_stock", short1.Code);
        Assert.Equal(1, short1.Json.GetProperty("items")[0].GetProperty("available").GetInt32());
        var dropped = Shop.Id(await buyer.Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k3"));
        await StockIs(sku, onHand: 3, reserved: 3);

        await buyer.Post($"/api/orders/{dropped}/cancel");
        await StockIs(sku, onHand: 3, reserved: 2);
        await _shop.Tell("payments", new PaymentSucceeded(kept, _shop.NewId(), new Money(1, "USD"), AfterClosure: false));
        await StockIs(sku, onHand: 1, reserved: 0);
        await _shop.Tell("payments", new PaymentRefunded(kept, _shop.NewId(), _shop.NewId(), new Money(1, "USD"), new Money(1, "USD"), Whole: true));
        await StockIs(sku, onHand: 3, reserved: 0);
    }

    [Fact]
    public async Task The_last_piece_goes_to_one_of_twenty_buyers()
    {
        var sku = await Stocked(1);
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _shop.Customer().Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k")));
        Assert.Single(replies, reply => reply.Status == 201);
        Assert.Equal(19, replies.Count(reply => reply.Code == "out_of_stock"));
    }

    [Fact]
    public async Task An_order_placed_while_inventory_is_down_is_reserved_when_it_comes_back()
    {
        var sku = await Stocked(1);
        await _shop.Store.Stop("inventory");
        var reply = await _shop.Customer().Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k");
        Assert.Equal(202, reply.Status);
        await _shop.Store.Run("inventory");
        await _shop.Reads(Shop.Id(reply), OrderStatus.AwaitingPayment);
        await StockIs(sku, onHand: 1, reserved: 1);
    }

    private async Task<string> Stocked(long onHand)
    {
        var sku = await _shop.Sell(1000);
        var clerk = _shop.Store.Api("inventory").As(_shop.Store.Tokens.Staff(_shop.NewId()));
        await Eventually.Get(() => clerk.Get($"/api/stock/{sku}"), reply => reply.Status == 200, $"a place for {sku}");
        Assert.Equal(201, (await clerk.Post($"/api/stock/{sku}/adjustments", new { delta = onHand, reason = "counted" }, key: "k-" + sku)).Status);
        return sku;
    }

    private Task StockIs(string sku, long onHand, long reserved)
    {
        var clerk = _shop.Store.Api("inventory").As(_shop.Store.Tokens.Staff(_shop.NewId()));
        return Eventually.Get(() => clerk.Get($"/api/stock/{sku}"),
            reply => (reply.Json.GetProperty("onHand").GetInt64(), reply.Json.GetProperty("reserved").GetInt64()) == (onHand, reserved), $"{onHand} on hand, {reserved} reserved");
    }
}
