using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders.Tests;

/// <summary>The rules and states, without a database.</summary>
public sealed class RuleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("8", 1000, 120)] // (1000 + 500) × 8 %
    [InlineData("8.25", 1000, 124)] // 123.75
    [InlineData("5", 30, 26)] // 26.5 goes to the even 26
    [InlineData("5", 50, 28)] // 27.5 goes to the even 28
    [InlineData("0", 1000, 0)]
    public void Tax_is_on_lines_and_shipping_rounded_half_to_even(string percent, long price, long tax)
    {
        var quote = Rates(("Stoa:Shipping:Default", "500"), ("Stoa:Tax:GR", percent)).Of([Line(price)], "GR");
        Assert.Equal((price, 500, tax, price + 500 + tax), (quote.Subtotal.Amount, quote.Shipping.Amount, quote.Tax.Amount, quote.Total.Amount));
    }

    [Fact]
    public void A_countrys_own_rate_goes_before_the_default_and_a_configured_default_before_the_examples()
    {
        Assert.Equal(500, Rates().Of([Line(1)], "US").Shipping.Amount);
        Assert.Equal(1500, Rates().Of([Line(1)], "FR").Shipping.Amount);
        var own = Rates(("Stoa:Shipping:Default", "700"), ("Stoa:Shipping:FR", "900"));
        Assert.Equal((700L, 900L), (own.Of([Line(1)], "US").Shipping.Amount, own.Of([Line(1)], "FR").Shipping.Amount));
    }

    [Theory]
    [InlineData("Stoa:Tax:GR", "-1")]
    [InlineData("Stoa:Tax:GR", "a lot")]
    [InlineData("Stoa:Shipping:Default", "4.99")]
    public void A_rate_that_is_none_stops_the_start(string key, string value) => Assert.Throws<FormatException>(() => Rates((key, value)));

    [Fact]
    public void Knows_all_countries() => Assert.Equal(249, Countries.All.Count);

    [Fact]
    public void The_price_check_passes_only_what_was_shown()
    {
        var now = Rates().Of([Line(1000)], "US");
        Assert.Null(PriceCheck.Refuses(now, new Money(1000, "USD"), null));
        Assert.Null(PriceCheck.Refuses(now, new Money(1000, "USD"), now.Total));
        Assert.NotNull(PriceCheck.Refuses(now, new Money(999, "USD"), null));
        Assert.NotNull(PriceCheck.Refuses(now, new Money(1001, "USD"), null));
        Assert.NotNull(PriceCheck.Refuses(now, new Money(1000, "EUR"), null));
        Assert.NotNull(PriceCheck.Refuses(now, new Money(1000, "USD"), new Money(1, "USD")));
    }

    [Fact]
    public void An_order_moves_only_as_the_table_says()
    {
        Dictionary<string, Func<Order, Order>> moves = new()
        {
            [OrderStatus.AwaitingPayment] = order => order.AwaitsPayment(Noon),
            [OrderStatus.Rejected] = order => order.Rejects([]),
            [OrderStatus.Closing] = order => order.Closes(CloseReason.Buyer),
            [OrderStatus.Cancelled] = order => order.Cancels(),
            [OrderStatus.Paid] = order => order.Pays(),
            [OrderStatus.Shipped] = order => order.Ships("Hermes", "1"),
            [OrderStatus.Delivered] = order => order.Delivers(),
            [OrderStatus.Refunding] = order => order.GivesBack(Guid.Empty),
            [OrderStatus.Refunded] = order => order.Refunds(),
        };
        foreach (var from in OrderStatus.All)
        {
            foreach (var (to, move) in moves)
            {
                var order = An(from);
                if (OrderStatus.Next.TryGetValue(from, out var next) && next.Contains(to)) Assert.Equal(to, move(order).Status);
                else Assert.Throws<BrokenRuleException>(() => move(order));
            }
        }
    }

    [Fact]
    public void A_claim_holds_the_order_for_a_lease_and_closes_one_past_its_pay_by_time()
    {
        var placed = An(OrderStatus.Placed).Claim(Noon);
        Assert.Equal((OrderStatus.Placed, 1, Noon + Order.Lease, Noon + Order.Lease), (placed.Status, placed.Attempts, placed.LeasedUntil, placed.NextAttempt));
        Assert.True(placed.IsHeld(Noon));
        Assert.False(placed.IsHeld(Noon + Order.Lease));
        var late = An(OrderStatus.AwaitingPayment).Claim(Noon);
        Assert.Equal((OrderStatus.Closing, CloseReason.Expired), (late.Status, late.CloseReason));
    }

    [Fact]
    public void An_order_that_awaits_its_payment_is_due_at_its_pay_by_time_and_an_ended_one_never()
    {
        var awaiting = An(OrderStatus.Placed).Claim(Noon).AwaitsPayment(Noon.AddMinutes(30));
        Assert.Equal((null, Noon.AddMinutes(30)), (awaiting.LeasedUntil, awaiting.NextAttempt));
        var reopened = awaiting.Closes(CloseReason.Buyer).Claim(Noon).Reopens();
        Assert.Equal((null, null, Noon.AddMinutes(30)), (reopened.CloseReason, reopened.LeasedUntil, reopened.NextAttempt));
        Assert.Null(awaiting.Pays().NextAttempt);
        Assert.Null(awaiting.Closes(CloseReason.Buyer).Claim(Noon).Cancels().NextAttempt);
    }

    [Theory]
    [InlineData(OrderStatus.Refunding, null, OrderStatus.Paid, null)] // held, and never given back: it may ship again
    [InlineData(OrderStatus.Refunding, OrderStatus.Paid, OrderStatus.Refunding, OrderStatus.Paid)] // its goods are on the shelf: still owed
    [InlineData(OrderStatus.Refunded, OrderStatus.Paid, OrderStatus.Refunding, OrderStatus.Paid)]
    [InlineData(OrderStatus.Refunded, OrderStatus.Shipped, OrderStatus.Shipped, null)]
    [InlineData(OrderStatus.Refunded, OrderStatus.Delivered, OrderStatus.Delivered, null)]
    public void A_refund_that_fails_leaves_the_order_where_its_goods_are(string status, string? refundedFrom, string becomes, string? staysRefundedFrom)
    {
        var order = (An(status) with { RefundedFrom = refundedFrom, RefundId = Guid.AllBitsSet }).RefundFails();
        Assert.Equal((becomes, staysRefundedFrom), (order.Status, order.RefundedFrom));
    }

    private static ShippingAndTax Rates(params (string Key, string Value)[] settings) =>
        new(key => settings.FirstOrDefault(one => one.Key == key).Value);

    private static OrderLine Line(long price) => new("A", "A", 1, new Money(price, "USD"));

    private static Order An(string status) => new()
    {
        Id = Guid.Empty,
        Number = "S-1",
        BuyerId = Guid.Empty,
        Status = status,
        Lines = [],
        Currency = "USD",
        SubtotalMinor = 0,
        ShippingMinor = 0,
        TaxMinor = 0,
        TotalMinor = 0,
        CreatedAt = Noon,
    };
}
