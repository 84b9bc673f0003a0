using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Inventory.Tests;

/// <summary>What the orders' events do to the shelf, once each (P4, P5, E5).</summary>
public sealed class OrderEventTests(Shelf shelf)
{
    [Fact]
    public async Task P5_A_paid_order_leaves_the_shelf_once_however_often_its_event_comes()
    {
        var (cups, order) = (await shelf.Sku(5), shelf.NewId());
        await shelf.Put(order, new SkuQuantity(cups, 2));
        await shelf.Paid(order, new SkuQuantity(cups, 2));
        await shelf.Paid(order, new SkuQuantity(cups, 2));
        await shelf.ReadsAllOrders();
        Assert.Equal((3, 0), await shelf.Stock(cups));
        Assert.Equal(Reservation.Sold, await shelf.Decision(order, new SkuQuantity(cups, 2)));
    }

    [Fact]
    public async Task P4_A_cancelled_order_gives_back_what_it_held_once()
    {
        var (cups, order) = (await shelf.Sku(5), shelf.NewId());
        await shelf.Put(order, new SkuQuantity(cups, 2));
        await shelf.Tell("orders", new OrderCancelled(order, "expired"));
        await shelf.Tell("orders", new OrderCancelled(order, "expired"));
        await shelf.ReadsAllOrders();
        Assert.Equal((5, 0), await shelf.Stock(cups));
        Assert.Equal(Reservation.Released, await shelf.Decision(order, new SkuQuantity(cups, 2)));
    }

    [Fact]
    public async Task A_rejected_order_keeps_its_refusal()
    {
        var (cups, order) = (await shelf.Sku(1), shelf.NewId());
        await shelf.Put(order, new SkuQuantity(cups, 2));
        await shelf.Tell("orders", new OrderRejected(order));
        await shelf.ReadsAllOrders();
        Assert.Equal(Reservation.Refused, await shelf.Decision(order, new SkuQuantity(cups, 2)));
    }

    [Fact]
    public async Task P13_A_refunded_order_that_had_not_left_comes_back_to_the_shelf_once()
    {
        var (cups, order) = (await shelf.Sku(5), shelf.NewId());
        await shelf.Put(order, new SkuQuantity(cups, 2));
        await shelf.Paid(order, new SkuQuantity(cups, 2));
        await shelf.Tell("orders", new OrderRefunded(order, ReturnsStock: true));
        await shelf.Tell("orders", new OrderRefunded(order, ReturnsStock: true));
        await shelf.ReadsAllOrders();
        Assert.Equal((5, 0), await shelf.Stock(cups));
    }

    [Fact]
    public async Task P13_A_refunded_order_that_had_been_shipped_does_not()
    {
        var (cups, order) = (await shelf.Sku(5), shelf.NewId());
        await shelf.Put(order, new SkuQuantity(cups, 2));
        await shelf.Paid(order, new SkuQuantity(cups, 2));
        await shelf.Tell("orders", new OrderRefunded(order, ReturnsStock: false));
        await shelf.ReadsAllOrders();
        Assert.Equal((3, 0), await shelf.Stock(cups));
    }

    [Fact]
    public async Task P5_On_hand_is_the_sum_of_the_movements_and_reserved_that_of_the_open_reservations()
    {
        var (cups, bought, open, returned) = (await shelf.Sku(10), shelf.NewId(), shelf.NewId(), shelf.NewId());
        foreach (var order in (Guid[])[bought, open, returned]) await shelf.Put(order, new SkuQuantity(cups, 2));
        await shelf.Paid(bought, new SkuQuantity(cups, 2));
        await shelf.Paid(returned, new SkuQuantity(cups, 2));
        await shelf.Tell("orders", new OrderRefunded(returned, ReturnsStock: true));
        await shelf.ReadsAllOrders();
        await shelf.Adjust(cups, -1);
        Assert.Equal((7, 2), await shelf.Stock(cups));
        Assert.Equal(7, await shelf.Database.Scalar<long>("SELECT SUM(quantity) FROM movements WHERE sku = @cups", new { cups }));
        Assert.Equal(2, await shelf.Database.Scalar<long>("""
            SELECT SUM(quantity) FROM reservation_lines JOIN reservations USING (order_id) WHERE sku = @cups AND decision = 'reserved'
            """, new { cups }));
    }

    [Fact]
    public async Task A_paid_order_whose_reservation_was_lost_takes_its_goods_all_the_same()
    {
        var (cups, order) = (await shelf.Sku(5), shelf.NewId());
        await shelf.Paid(order, new SkuQuantity(cups, 2));
        await shelf.StockBecomes(cups, 3, 0);
    }

    [Fact]
    public async Task E6_A_paid_order_whose_goods_are_not_there_waits_and_is_redriven_once_they_are()
    {
        var (cups, order) = (await shelf.Sku(1), shelf.NewId());
        await shelf.Paid(order, new SkuQuantity(cups, 2));
        await shelf.ReadsAllOrders();
        Assert.Equal((1, 0), await shelf.Stock(cups));
        await shelf.Adjust(cups, 1);
        await shelf.Store.Internal("inventory").Post("/internal/dead-letters/redrive");
        Assert.Equal((0, 0), await shelf.Stock(cups));
    }

    [Fact]
    public async Task Tells_only_when_what_is_available_crosses_nothing()
    {
        var (cups, order, other) = (await shelf.Sku(0), shelf.NewId(), shelf.NewId());
        Assert.Empty(await shelf.Told(cups));
        await shelf.Adjust(cups, 3);
        Assert.True(await Latest(cups));
        var told = await Count(cups);
        await shelf.Put(order, new SkuQuantity(cups, 2));
        Assert.Equal(told, await Count(cups));
        await shelf.Put(other, new SkuQuantity(cups, 1));
        Assert.False(await Latest(cups));
        told = await Count(cups);
        await shelf.Paid(order, new SkuQuantity(cups, 2));
        await shelf.ReadsAllOrders();
        Assert.Equal(told, await Count(cups));
        await shelf.Tell("orders", new OrderCancelled(other, "buyer"));
        await shelf.ReadsAllOrders();
        Assert.True(await Latest(cups));
    }

    [Fact]
    public async Task A_refused_order_tells_nothing_of_what_it_held_for_a_moment()
    {
        var (cups, pans) = (await shelf.Sku(1), await shelf.Sku(0));
        var before = await Count(cups);
        await shelf.Put(shelf.NewId(), new(cups, 1), new(pans, 1));
        Assert.Equal(before, await Count(cups));
    }

    /// <summary>The log may be compacted at any moment: its last word counts.</summary>
    private async Task<bool> Latest(string sku) => (await shelf.Told(sku))[^1];

    private Task<long> Count(string sku) => shelf.Database.Scalar<long>("SELECT COUNT(*) FROM event_log WHERE subject = @sku", new { sku });
}
