using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Orders.Tests;

/// <summary>Two hands on one order: the request and the runner, or two replicas, one of which slept past its lease (P1). The
/// clock stands still once an order is placed, so that the runner takes no part.</summary>
public sealed class RaceTests(RaceTests.Own own) : IClassFixture<RaceTests.Own>
{
    public sealed class Own : IAsyncLifetime
    {
        public Shop Shop { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Shop = await Shop.Open(new ManualClock());

        public ValueTask DisposeAsync() => Shop.DisposeAsync();
    }

    private readonly Shop _shop = own.Shop;

    private Database Database => _shop.Store.Get<Database>("orders");

    private DriveOrder Drive => _shop.Store.Get<DriveOrder>("orders");

    [Fact]
    public async Task Two_steps_that_both_got_the_answer_move_the_order_once()
    {
        var placed = await PlacedWhileInventoryIsAway();
        var slept = await Claim(placed);
        var awake = await Claim(slept);
        var both = await Task.WhenAll(Drive.Go(slept), Drive.Go(awake));

        Assert.Contains(both, order => order.Status == OrderStatus.AwaitingPayment);
        Assert.Equal(["order.awaiting_payment"], await _shop.ToldTypes(placed.Id));
        Assert.Equal(2, await Database.Scalar<int>("SELECT COUNT(*) FROM order_history WHERE order_id = @Id", new { placed.Id }));
        Assert.Equal(awake.Version + 1, await Database.Scalar<long>("SELECT version FROM orders WHERE id = @Id", new { placed.Id }));
    }

    [Fact]
    public async Task A_step_that_wakes_up_after_the_order_moved_writes_nothing_and_tells_what_is()
    {
        var placed = await PlacedWhileInventoryIsAway();
        var slept = await Claim(placed);
        var awake = await Drive.Go(await Claim(slept));
        Assert.Equal(OrderStatus.AwaitingPayment, awake.Status);
        var order = await Drive.Go(slept);
        Assert.Equal((OrderStatus.AwaitingPayment, awake.Version), (order.Status, order.Version));
    }

    [Fact]
    public async Task A_step_that_cannot_be_done_does_not_take_the_order_out_of_other_hands()
    {
        var placed = await PlacedWhileInventoryIsAway();
        var slept = await Claim(placed);
        var awake = await Claim(slept);
        _shop.Stock[placed.Lines[0].Sku] = _ => Task.FromResult(Shop.Away);
        var order = await Drive.Go(slept);
        Assert.Equal((awake.Version, awake.LeasedUntil), (order.Version, order.LeasedUntil));
    }

    [Fact]
    public async Task A_save_over_another_version_rolls_the_whole_transaction_back()
    {
        var placed = await PlacedWhileInventoryIsAway();
        await Claim(placed);
        await Assert.ThrowsAsync<OvertakenException>(() => Database.Write(async tx =>
        {
            tx.Append(new OrderRejected(placed.Id));
            await tx.Save(placed, placed.Rejects([]));
        }));
        Assert.Empty(await _shop.ToldTypes(placed.Id));
    }

    /// <summary>On PostgreSQL two replicas' runners find the same orders due at the same moment; on SQLite there is one.</summary>
    [Fact]
    public async Task Two_runners_on_the_same_orders_ask_once_and_move_each_once()
    {
        await using var shop = await Shop.Open(new ManualClock());
        if (TestPostgres.IsWanted) await shop.Store.Replicate("orders");
        var orders = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            var sku = await shop.Sell(1000);
            shop.Stock[sku] = _ => Task.FromResult(Shop.Away);
            orders.Add(Shop.Id(await shop.Customer().Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k")));
            shop.Stock.TryRemove(sku, out _);
        }

        var asked = orders.ToDictionary(order => order, shop.ReserveCalls);
        ((ManualClock)shop.Store.Clock).Advance(TimeSpan.FromSeconds(20)); // all are due, for both
        foreach (var order in orders) await shop.Reads(order, OrderStatus.AwaitingPayment);
        foreach (var order in orders)
        {
            Assert.Equal(["order.awaiting_payment"], await shop.ToldTypes(order));
            Assert.InRange(shop.ReserveCalls(order) - asked[order], 0, 1); // one lease, one call
        }
    }

    private async Task<Order> PlacedWhileInventoryIsAway()
    {
        var sku = await _shop.Sell(1000);
        _shop.Stock[sku] = _ => Task.FromResult(Shop.Away);
        var id = Shop.Id(await _shop.Customer().Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k"));
        _shop.Stock.TryRemove(sku, out _);
        return (await Database.Find<Order>("SELECT * FROM orders WHERE id = @id", new { id }))!;
    }

    private Task<Order> Claim(Order read) => Database.Write(tx => tx.Save(read, read.Claim(tx.Now)));
}
