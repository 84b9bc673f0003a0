using System.Globalization;
using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Orders.Tests;

/// <summary>Time passes: what the runner does without being asked.</summary>
public sealed class OrderRunnerTests(OrderRunnerTests.Own own) : IClassFixture<OrderRunnerTests.Own>
{
    public sealed class Own : IAsyncLifetime
    {
        public ManualClock Clock { get; } = new();

        public Shop Shop { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Shop = await Shop.Open(Clock, new() { ["Stoa:PayWithinMinutes"] = "10" });

        public ValueTask DisposeAsync() => Shop.DisposeAsync();
    }

    private readonly Shop _shop = own.Shop;
    private readonly ManualClock _clock = own.Clock;

    [Fact]
    public async Task An_order_unpaid_at_its_pay_by_time_is_closed_and_cancelled_as_expired()
    {
        var order = await _shop.PlaceOne(_shop.Customer());
        _clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal("awaiting_payment", Shop.Status(await Seen(order)));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await PassesUntil(order, OrderStatus.Cancelled);
        Assert.Equal("expired", (await _shop.Told(order))[1].Data.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_payment_in_flight_holds_the_order_past_its_pay_by_time_until_it_is_settled()
    {
        var order = await _shop.PlaceOne(_shop.Customer());
        _shop.Closures[order] = () => Task.FromResult(Shop.Says(Closure.InFlight));
        _clock.Advance(TimeSpan.FromMinutes(10));
        await PassesUntil(order, OrderStatus.Closing);
        _clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("closing", Shop.Status(await Seen(order)));

        await _shop.Tell("payments", new PaymentSucceeded(order, _shop.NewId(), new Money(1, "USD"), AfterClosure: false));
        await _shop.Reads(order, OrderStatus.Paid);
        Assert.Equal(["order.awaiting_payment", "order.paid"], await _shop.ToldTypes(order));
        Assert.Equal(["placed", "awaiting_payment", "closing", "paid"], (await Seen(order)).Json.GetProperty("history").EnumerateArray()
            .Select(step => step.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_payment_in_flight_that_fails_after_the_pay_by_time_ends_the_order()
    {
        var order = await _shop.PlaceOne(_shop.Customer());
        _shop.Closures[order] = () => Task.FromResult(Shop.Says(Closure.InFlight));
        _clock.Advance(TimeSpan.FromMinutes(10));
        await PassesUntil(order, OrderStatus.Closing);
        _shop.Closures.TryRemove(order, out _);
        await PassesUntil(order, OrderStatus.Cancelled);
    }

    [Fact]
    public async Task A_success_after_closure_changes_nothing_for_payments_gives_it_back() // P11
    {
        var order = await _shop.PlaceOne(_shop.Customer());
        _clock.Advance(TimeSpan.FromMinutes(10));
        await PassesUntil(order, OrderStatus.Cancelled);
        var (payment, other) = (_shop.NewId(), await _shop.PlaceOne(_shop.Customer()));
        await _shop.Tell("payments", new PaymentSucceeded(order, payment, new Money(1, "USD"), AfterClosure: true));
        await _shop.Tell("payments", new PaymentRefunded(order, payment, _shop.NewId(), new Money(1, "USD"), new Money(1, "USD"), Whole: true));
        await _shop.Tell("payments", new PaymentSucceeded(other, _shop.NewId(), new Money(1, "USD"), AfterClosure: false));
        await _shop.Reads(other, OrderStatus.Paid);
        Assert.Equal("cancelled", Shop.Status(await Seen(order)));
        Assert.Equal(["order.awaiting_payment", "order.cancelled"], await _shop.ToldTypes(order));
        Assert.Empty((await _shop.Store.Internal("orders").Get("/internal/dead-letters")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task An_inventory_that_hangs_gives_202_in_time_and_the_order_goes_on() // P6
    {
        var sku = await _shop.Sell(1000);
        var asked = new TaskCompletionSource();
        var never = new TaskCompletionSource<Microsoft.AspNetCore.Http.IResult>();
        _shop.Stock[sku] = _ =>
        {
            asked.TrySetResult();
            return never.Task;
        };
        var placing = _shop.Customer().Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        _clock.Advance(TimeSpan.FromSeconds(4));
        var reply = await placing.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((202, "placed"), (reply.Status, Shop.Status(reply)));

        _shop.Stock.TryRemove(sku, out _);
        await PassesUntil(Shop.Id(reply), OrderStatus.AwaitingPayment);
        never.SetResult(Shop.Reserved);
    }

    [Fact]
    public async Task An_order_that_a_crash_left_placed_is_taken_up_after_its_lease()
    {
        var sku = await _shop.Sell(1000);
        _shop.Stock[sku] = _ => Task.FromResult(Shop.Away);
        var order = Shop.Id(await _shop.Customer().Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k"));
        await _shop.Store.Stop("orders");
        _shop.Stock.TryRemove(sku, out _);
        await _shop.Store.Run("orders");
        await PassesUntil(order, OrderStatus.AwaitingPayment);
    }

    [Fact]
    public async Task The_runner_sleeps_until_something_is_due_but_looks_for_other_replicas_orders()
    {
        var clock = new ManualClock();
        await using var empty = await Shop.Open(clock);
        var runner = empty.Store.Get<OrderRunner>("orders");
        Assert.Equal(TimeSpan.FromSeconds(15), await runner.Step(CancellationToken.None));
        await empty.PlaceOne(empty.Customer());
        clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(3));
        Assert.InRange(await runner.Step(CancellationToken.None), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
    }

    private Task<Reply> Seen(Guid order) => _shop.Staff().Get($"/api/orders/{order}");

    /// <summary>Lets time pass, a second at a look, until the order reads so.</summary>
    private Task PassesUntil(Guid order, string status) => Eventually.Get(() =>
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return Seen(order);
    }, reply => Shop.Status(reply) == status, string.Create(CultureInfo.InvariantCulture, $"{order} {status}"));
}
