using Stoa.Contracts;
using Stoa.Kit;

namespace Stoa.Orders.Tests;

/// <summary>P13: Orders decides refund against ship, and reads <c>refunded</c> only while all of the money has gone back.</summary>
public sealed class GiveBackTests(GiveBackTests.Own own) : IClassFixture<GiveBackTests.Own>
{
    public sealed class Own : IAsyncLifetime
    {
        public ManualClock Clock { get; } = new();

        public Shop Shop { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Shop = await Shop.Open(Clock);

        public ValueTask DisposeAsync() => Shop.DisposeAsync();
    }

    private static readonly object Parcel = new { carrier = "Hermes", trackingNumber = "H-1" };

    private readonly Shop _shop = own.Shop;

    [Fact]
    public async Task Staff_cancel_a_paid_order_by_a_full_refund_that_returns_the_stock_and_again_is_200()
    {
        var buyer = _shop.Customer();
        var order = await _shop.PaidOne(buyer);
        Assert.Equal((200, "refunded"), await Cancel(order));
        Assert.Equal((200, "refunded"), await Cancel(order));
        Assert.Equal((409, "wrong_status"), Both(await buyer.Post($"/api/orders/{order}/cancel")));
        Assert.Equal(["placed", "awaiting_payment", "paid", "refunding", "refunded"], await History(order));
        Assert.Equal(["order.awaiting_payment", "order.paid", "order.refunded"], await _shop.ToldTypes(order));
        Assert.True((await _shop.Told(order))[^1].Data.GetProperty("returnsStock").GetBoolean());
    }

    [Fact]
    public async Task While_the_refund_is_under_way_the_cancel_is_202_and_nothing_ships()
    {
        var buyer = _shop.Customer();
        var order = await _shop.PaidOne(buyer);
        Says(order, RefundProgress.UnderWay);
        Assert.Equal((202, "refunding"), await Cancel(order));
        Assert.Equal((409, "wrong_status"), await Ship(order));
        Assert.Equal((409, "wrong_status"), Both(await buyer.Post($"/api/orders/{order}/cancel")));
        await Refunded(order, whole: true);
        await Reads(order, OrderStatus.Refunded);
    }

    [Fact]
    public async Task A_cancel_repeated_asks_for_one_and_the_same_refund()
    {
        var order = await _shop.PaidOne(_shop.Customer());
        var asked = new System.Collections.Concurrent.ConcurrentBag<Guid?>();
        _shop.GivesBack[order] = refund =>
        {
            asked.Add(refund);
            return Task.FromResult(asked.Count < 3 ? Shop.Away : Shop.Progress(RefundProgress.Refunded));
        };
        Assert.Equal((202, "refunding"), await Cancel(order));
        await Cancel(order);
        await Reads(order, OrderStatus.Refunded);
        Assert.NotNull(Assert.Single(asked.Distinct()));
    }

    [Fact]
    public async Task A_refund_that_fails_at_once_is_a_refusal_and_the_order_ships_as_before()
    {
        var order = await _shop.PaidOne(_shop.Customer());
        Says(order, RefundProgress.Open);
        Assert.Equal((409, "refund_failed"), await Cancel(order));
        Assert.Equal((200, "shipped"), await Ship(order));
    }

    [Fact]
    public async Task A_refund_that_fails_later_lets_the_order_ship_and_another_cancel_is_another_refund()
    {
        var order = await _shop.PaidOne(_shop.Customer());
        var asked = new HashSet<Guid?>();
        var state = RefundProgress.UnderWay;
        _shop.GivesBack[order] = refund =>
        {
            asked.Add(refund);
            return Task.FromResult(Shop.Progress(state));
        };
        Assert.Equal((202, "refunding"), await Cancel(order));
        state = RefundProgress.Open;
        await Failed(order);
        await Reads(order, OrderStatus.Paid);
        state = RefundProgress.Refunded;
        Assert.Equal((200, "refunded"), await Cancel(order));
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task A_refund_that_had_gone_through_and_came_back_leaves_the_order_refunding_until_another_goes_through()
    {
        var order = await _shop.PaidOne(_shop.Customer());
        Assert.Equal((200, "refunded"), await Cancel(order));
        Says(order, RefundProgress.Open);
        await Failed(order);
        await Reads(order, OrderStatus.Refunding);
        Assert.Equal((409, "wrong_status"), await Ship(order)); // its goods are back on the shelf
        Assert.Equal((202, "refunding"), await Cancel(order)); // it fails again: still owed
        Says(order, RefundProgress.Refunded);
        Assert.Equal((200, "refunded"), await Cancel(order));
    }

    [Fact]
    public async Task A_shipped_order_whose_refund_came_back_is_shipped_and_can_be_delivered()
    {
        var order = await _shop.PaidOne(_shop.Customer());
        Assert.Equal((200, "shipped"), await Ship(order));
        await Refunded(order, whole: true);
        await Reads(order, OrderStatus.Refunded);
        Assert.False((await _shop.Told(order))[^1].Data.GetProperty("returnsStock").GetBoolean());
        Assert.Equal((409, "wrong_status"), await Cancel(order));
        Says(order, RefundProgress.Open);
        await Failed(order);
        await Reads(order, OrderStatus.Shipped);
        Assert.Equal((200, "delivered"), Both(await _shop.Staff().Post($"/api/orders/{order}/deliver")));
    }

    [Fact]
    public async Task A_failure_told_late_changes_nothing_when_the_money_has_gone_back_by_another_refund()
    {
        var order = await _shop.PaidOne(_shop.Customer());
        Assert.Equal((200, "refunded"), await Cancel(order));
        var asked = 0;
        _shop.GivesBack[order] = _ =>
        {
            Interlocked.Increment(ref asked);
            return Task.FromResult(Shop.Progress(RefundProgress.Refunded));
        };
        await Failed(order);
        await Passes(() => Task.FromResult(asked > 0), "the question");
        Assert.Equal(["placed", "awaiting_payment", "paid", "refunding", "refunded"], await History(order));
    }

    [Fact]
    public async Task Part_of_a_refunding_orders_money_does_not_make_it_refunded()
    {
        var order = await _shop.PaidOne(_shop.Customer());
        Assert.Equal((200, "refunding"), await Hold(order));
        await Refunded(order, whole: false);
        await _shop.PaidOne(_shop.Customer()); // a later event of the same log has taken effect
        Assert.Equal("refunding", Shop.Status(await _shop.Staff().Get($"/api/orders/{order}")));
    }

    [Fact]
    public async Task Asked_before_all_of_the_money_goes_back_a_paid_order_does_not_ship_and_a_shipped_one_has()
    {
        var (held, shipped, unpaid) = (await _shop.PaidOne(_shop.Customer()), await _shop.PaidOne(_shop.Customer()), await _shop.PlaceOne(_shop.Customer()));
        Assert.Equal((200, "refunding"), await Hold(held));
        Assert.Equal((200, "refunding"), await Hold(held));
        Assert.Equal((409, "wrong_status"), await Ship(held));
        Assert.Equal((200, "shipped"), await Ship(shipped));
        Assert.Equal((200, "shipped"), await Hold(shipped));
        Assert.Equal((409, "wrong_status"), await Hold(unpaid)); // the event that it is paid is on its way here
        Assert.Equal((404, "not_found"), await Hold(_shop.NewId()));
    }

    [Fact]
    public async Task Of_a_hold_and_a_shipment_at_once_one_wins()
    {
        for (var i = 0; i < 8; i++)
        {
            var order = await _shop.PaidOne(_shop.Customer());
            var (holding, shipping) = (Hold(order), Ship(order));
            var (hold, ship) = (await holding, await shipping);
            Assert.Equal(200, hold.Item1);
            Assert.Equal(hold.Item2 == "shipped" ? (200, "shipped") : (409, "wrong_status"), ship);
        }
    }

    [Fact]
    public async Task An_answer_that_a_new_hold_overtook_does_not_let_the_order_ship()
    {
        var order = await _shop.PaidOne(_shop.Customer());
        Says(order, RefundProgress.UnderWay);
        Assert.Equal((202, "refunding"), await Cancel(order));
        var asked = 0;
        _shop.GivesBack[order] = async _ =>
        {
            if (Interlocked.Increment(ref asked) > 1) return Shop.Progress(RefundProgress.UnderWay);
            await Hold(order); // staff begin another refund while Payments answers about the one that failed
            return Shop.Progress(RefundProgress.Open);
        };
        await Failed(order);
        await Passes(() => Task.FromResult(asked > 0), "the question");
        await _shop.PaidOne(_shop.Customer());
        Assert.Equal("refunding", Shop.Status(await _shop.Staff().Get($"/api/orders/{order}")));
        Assert.DoesNotContain("paid", (await History(order)).Skip(3));
    }

    private void Says(Guid order, string state) => _shop.GivesBack[order] = _ => Task.FromResult(Shop.Progress(state));

    private async Task<(int, string?)> Cancel(Guid order) => Both(await _shop.Staff().Post($"/api/orders/{order}/cancel"));

    private async Task<(int, string?)> Ship(Guid order) => Both(await _shop.Staff().Post($"/api/orders/{order}/ship", Parcel));

    private async Task<(int, string?)> Hold(Guid order) =>
        Both(await _shop.Store.Internal("orders").Put($"/internal/orders/{order}/refund-hold", new RefundRequest(_shop.NewId())));

    private Task Refunded(Guid order, bool whole) => _shop.Tell("payments",
        new PaymentRefunded(order, _shop.NewId(), _shop.NewId(), new Money(1, "USD"), new Money(1, "USD"), whole));

    private Task Failed(Guid order) => _shop.Tell("payments",
        new PaymentRefundFailed(order, _shop.NewId(), _shop.NewId(), new Money(1, "USD"), new Money(0, "USD")));

    /// <summary>The runner sleeps for 15 s at most, so time passes while the test looks.</summary>
    private Task Reads(Guid order, string status) =>
        Passes(async () => Shop.Status(await _shop.Staff().Get($"/api/orders/{order}")) == status, $"the order {status}");

    private Task Passes(Func<Task<bool>> holds, string what) => Eventually.Is(() =>
    {
        own.Clock.Advance(TimeSpan.FromMilliseconds(250));
        return holds();
    }, what);

    private async Task<string[]> History(Guid order) =>
        [.. (await _shop.Staff().Get($"/api/orders/{order}")).Json.GetProperty("history").EnumerateArray().Select(step => step.GetProperty("status").GetString()!)];

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code ?? Shop.Status(reply));
}
