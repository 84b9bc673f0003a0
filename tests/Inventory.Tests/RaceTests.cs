using Stoa.Contracts;
using Stoa.Kit;

namespace Stoa.Inventory.Tests;

/// <summary>P3 with real concurrency: what is decided once stays so, whoever else decides at the same moment. (On SQLite the one
/// writer makes a queue of it; on PostgreSQL these are races.)</summary>
public sealed class RaceTests(Shelf shelf)
{
    [Fact]
    public async Task P3_Reserves_beside_a_cancel_all_get_an_answer_and_leave_nothing_held()
    {
        var cups = await shelf.Sku(1000);
        var orders = Enumerable.Range(0, 40).Select(_ => shelf.NewId()).ToArray();
        var replies = await Task.WhenAll(orders.SelectMany(order => (Task<Reply?>[])
            [Put(order, cups), Cancel(order), Put(order, cups)]));
        Assert.All(replies.OfType<Reply>(), reply => Assert.Equal(200, reply.Status));
        await shelf.ReadsAllOrders();
        Assert.Equal((1000, 0), await shelf.Stock(cups));
        foreach (var order in orders) Assert.Equal(Reservation.Released, await shelf.Decision(order, new SkuQuantity(cups, 1)));
    }

    [Fact]
    public async Task P3_Orders_that_name_the_last_pieces_in_different_orders_get_all_or_nothing_and_each_its_one_decision()
    {
        const int Pieces = 5;
        string[] skus = [await shelf.Sku(Pieces), await shelf.Sku(Pieces), await shelf.Sku(Pieces)];
        var dice = new Random(1);
        var orders = Enumerable.Range(0, 30).Select(_ => (Id: shelf.NewId(), Lines: skus.OrderBy(_ => dice.Next()).Select(sku => new SkuQuantity(sku, 1)).ToArray())).ToArray();
        var decisions = await Task.WhenAll(orders.SelectMany(order => new[] { shelf.Put(order.Id, order.Lines), shelf.Put(order.Id, order.Lines) }));
        Assert.All(decisions, reply => Assert.Equal(200, reply.Status));
        var told = decisions.Chunk(2).Select(pair => pair.Select(reply => reply.Json.GetProperty("decision").GetString()).Distinct().Single()).ToArray();
        Assert.Equal(Pieces, told.Count(decision => decision == Reservation.Reserved));
        foreach (var sku in skus) Assert.Equal((Pieces, Pieces), await shelf.Stock(sku));
    }

    private async Task<Reply?> Put(Guid order, string sku) => await shelf.Put(order, new SkuQuantity(sku, 1));

    private async Task<Reply?> Cancel(Guid order)
    {
        await shelf.Tell("orders", new OrderCancelled(order, "requested"));
        return null;
    }
}
