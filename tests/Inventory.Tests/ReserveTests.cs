using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Inventory.Tests;

/// <summary>P3: a reservation is decided once, all lines or none.</summary>
public sealed class ReserveTests(Shelf shelf)
{
    [Fact]
    public async Task P3_Holds_every_line_and_sums_the_lines_of_one_sku()
    {
        var (cups, pans) = (await shelf.Sku(5), await shelf.Sku(9));
        Assert.Equal(Reservation.Reserved, await shelf.Decision(shelf.NewId(), new(cups, 2), new(pans, 1), new(cups, 3)));
        Assert.Equal((5, 5), await shelf.Stock(cups));
        Assert.Equal((9, 1), await shelf.Stock(pans));
    }

    [Fact]
    public async Task P3_Holds_nothing_when_one_line_is_short_and_says_what_there_was()
    {
        var (cups, pans, order) = (await shelf.Sku(5), await shelf.Sku(1), shelf.NewId());
        var refused = Json.Read<Reservation>((await shelf.Put(order, new(cups, 2), new(pans, 2), new("NO-SUCH-SKU", 1))).Body);
        Assert.Equal(Reservation.Refused, refused.Decision);
        Assert.Equal([new("NO-SUCH-SKU", 1, 0), new(pans, 2, 1)], refused.Shortages.OrderBy(one => one.Sku, StringComparer.Ordinal));
        Assert.Equal((5, 0), await shelf.Stock(cups));
        Assert.Equal((1, 0), await shelf.Stock(pans));
    }

    [Fact]
    public async Task P3_A_repeated_reserve_gets_the_stored_decision_and_holds_no_more()
    {
        var (cups, order) = (await shelf.Sku(5), shelf.NewId());
        await shelf.Put(order, new SkuQuantity(cups, 2));
        Assert.Equal(Reservation.Reserved, await shelf.Decision(order, new SkuQuantity(cups, 2)));
        Assert.Equal((5, 2), await shelf.Stock(cups));
    }

    [Fact]
    public async Task P3_A_refusal_stays_as_it_was_although_stock_came_in_since()
    {
        var (cups, order) = (await shelf.Sku(1), shelf.NewId());
        var first = await shelf.Put(order, new SkuQuantity(cups, 2));
        await shelf.Adjust(cups, 10);
        var second = await shelf.Put(order, new SkuQuantity(cups, 2));
        Assert.Equal(first.Body, second.Body);
        Assert.Equal((11, 0), await shelf.Stock(cups));
    }

    [Fact]
    public async Task P3_A_reserve_that_arrives_after_the_cancel_holds_nothing()
    {
        var (cups, order) = (await shelf.Sku(5), shelf.NewId());
        await shelf.Tell("orders", new OrderCancelled(order, "buyer"));
        await shelf.ReadsAllOrders();
        Assert.Equal(Reservation.Released, await shelf.Decision(order, new SkuQuantity(cups, 2)));
        Assert.Equal((5, 0), await shelf.Stock(cups));
    }

    [Fact]
    public async Task P5_Many_orders_at_once_for_few_goods_sell_each_one_once()
    {
        var (cups, pans) = (await shelf.Sku(20), await shelf.Sku(1000));
        var decisions = await Task.WhenAll(Enumerable.Range(0, 64).Select(i =>
            shelf.Decision(shelf.NewId(), i % 2 == 0 ? [new(cups, 1), new(pans, 1)] : [new(pans, 1), new(cups, 1)])));
        Assert.Equal(20, decisions.Count(decision => decision == Reservation.Reserved));
        Assert.Equal((20, 20), await shelf.Stock(cups));
        Assert.Equal((1000, 20), await shelf.Stock(pans));
    }

    [Fact]
    public async Task Refuses_requests_that_are_none()
    {
        var order = shelf.NewId();
        Assert.Equal((422, "validation"), Both(await shelf.Put(order)));
        Assert.Equal((422, "validation"), Both(await shelf.Put(order, new SkuQuantity("A", 0))));
        Assert.Equal((422, "validation"), Both(await shelf.Put(order, new SkuQuantity("A", -1))));
        Assert.Equal((422, "validation"), Both(await shelf.Put(order, new SkuQuantity("", 1))));
        Assert.Equal((422, "validation"), Both(await shelf.Put(order, [.. Enumerable.Range(0, 101).Select(i => new SkuQuantity($"A{i}", 1))])));
        Assert.Equal((422, "validation"), Both(await shelf.Store.Internal("inventory").Put($"/internal/reservations/{order}", "{\"lines\": [null]}")));
        Assert.Equal((422, "validation"), Both(await shelf.Store.Internal("inventory").Put($"/internal/reservations/{order}", "{}")));
        Assert.Equal((404, "not_found"), Both(await shelf.Store.Internal("inventory").Put("/internal/reservations/7", "{}")));
        Assert.Equal((401, "unauthenticated"), Both(await shelf.Staff.Put($"/internal/reservations/{order}", "{}")));
    }

    private static (int, string?) Both(Kit.Reply reply) => (reply.Status, reply.Code);
}
