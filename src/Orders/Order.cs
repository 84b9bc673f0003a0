using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>The states of an order, as the API and the database spell them.</summary>
public static class OrderStatus
{
    public const string Placed = "placed";
    public const string AwaitingPayment = "awaiting_payment";
    public const string Paid = "paid";
    public const string Shipped = "shipped";
    public const string Delivered = "delivered";
    public const string Closing = "closing";
    public const string Rejected = "rejected";
    public const string Cancelled = "cancelled";
    /// <summary>All of its money is on its way back: it does not ship (P13).</summary>
    public const string Refunding = "refunding";
    public const string Refunded = "refunded";

    /// <summary>Which state may follow which; a state that is no key is final.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Next = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Placed] = [AwaitingPayment, Rejected, Closing],
        [AwaitingPayment] = [Paid, Closing],
        [Closing] = [Cancelled, Paid, AwaitingPayment],
        [Paid] = [Shipped, Refunding, Refunded],
        [Shipped] = [Delivered, Refunded],
        [Delivered] = [Refunded],
        [Refunding] = [Refunding, Refunded, Paid],
        [Refunded] = [Refunding, Shipped, Delivered], // a refund that had gone through came back
    };

    public static readonly string[] All = [Placed, AwaitingPayment, Paid, Shipped, Delivered, Closing, Rejected, Cancelled, Refunding, Refunded];
}

/// <summary>Why an order ended unpaid, as <see cref="OrderCancelled"/> tells it.</summary>
public static class CloseReason
{
    public const string Buyer = "buyer";
    public const string Staff = "staff";
    public const string Expired = "expired";
}

/// <summary>An order and its moves: a process manager (P1). Pure: a move gives the order as it is to be written,
/// <see cref="OrderTable.Save"/> writes it where nobody moved it meanwhile.</summary>
public sealed record Order
{
    /// <summary>Longer than a step takes (one call of 3 s and two commits), so that steps overlap only after a crash.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required Guid BuyerId { get; init; }
    public Guid? CartId { get; init; }
    public required string Status { get; init; }
    public long Version { get; init; }

    public required OrderLine[] Lines { get; init; }
    public required string Currency { get; init; }
    public required long SubtotalMinor { get; init; }
    public required long ShippingMinor { get; init; }
    public required long TaxMinor { get; init; }
    public required long TotalMinor { get; init; }

    public string? Email { get; init; }
    public Address? Address { get; init; }

    /// <summary>In which the buyer ordered, and is written to.</summary>
    public string Language { get; init; } = "en";

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? PayBy { get; init; }

    /// <summary>How often a step was begun in this state.</summary>
    public int Attempts { get; init; }

    /// <summary>When the runner looks at the order again; null when it waits for people or is at its end.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>Until then the order is in somebody's hands.</summary>
    public DateTimeOffset? LeasedUntil { get; init; }

    public string? CloseReason { get; init; }
    public Shortage[]? Shortages { get; init; }
    public string? Carrier { get; init; }
    public string? TrackingNumber { get; init; }

    /// <summary>The refund that the order is held for; null when none is, or staff made it at Payments.</summary>
    public Guid? RefundId { get; init; }

    /// <summary>Where the order stood when all of its money had gone back: <c>paid</c> means that its goods are on the shelf again.</summary>
    public string? RefundedFrom { get; init; }

    public Money Total => new(TotalMinor, Currency);

    public bool IsHeld(DateTimeOffset now) => LeasedUntil > now;

    /// <summary>Takes the order in hand for one step. One that was still waiting for its payment is past its pay-by
    /// time when the runner takes it, so from here on it is closing.</summary>
    public Order Claim(DateTimeOffset now)
    {
        var taken = Status == OrderStatus.AwaitingPayment ? Closes(Orders.CloseReason.Expired) : this;
        return taken with { Attempts = taken.Attempts + 1, LeasedUntil = now + Lease, NextAttempt = now + Lease };
    }

    /// <summary>The step could not be done: the next try is at <paramref name="at"/>.</summary>
    public Order TriesAgain(DateTimeOffset at) => this with { LeasedUntil = null, NextAttempt = at };

    public Order AwaitsPayment(DateTimeOffset payBy) => Enter(OrderStatus.AwaitingPayment) with { PayBy = payBy, NextAttempt = payBy };

    public Order Rejects(Shortage[] shortages) => Enter(OrderStatus.Rejected) with { Shortages = shortages };

    public Order Closes(string reason) => Enter(OrderStatus.Closing) with { CloseReason = reason };

    public Order Cancels() => Enter(OrderStatus.Cancelled);

    public Order Pays() => Enter(OrderStatus.Paid) with { CloseReason = null };

    public Order Ships(string carrier, string trackingNumber) =>
        Enter(OrderStatus.Shipped) with { Carrier = carrier, TrackingNumber = trackingNumber };

    public Order Delivers() => Enter(OrderStatus.Delivered);

    /// <summary>All of its money is about to go back, and it does not ship from here on (P13).</summary>
    public Order GivesBack(Guid refundId) => Enter(OrderStatus.Refunding) with { RefundId = RefundId ?? refundId };

    /// <summary>The refund is under way; the next word is an event.</summary>
    public Order WaitsForRefund() => this with { LeasedUntil = null, NextAttempt = null };

    /// <summary>All of its money has gone back.</summary>
    public Order Refunds() => Enter(OrderStatus.Refunded) with
    {
        RefundId = null,
        RefundedFrom = RefundedFrom ?? (Status == OrderStatus.Refunding ? OrderStatus.Paid : Status),
    };

    /// <summary>Some of its money stays with us after all: it is what it was before, unless its goods went back on the shelf.
    /// Then it is still to be given back.</summary>
    public Order RefundFails() => (Status, RefundedFrom) switch
    {
        (OrderStatus.Refunding, null) => Enter(OrderStatus.Paid) with { RefundId = null },
        (OrderStatus.Refunding, _) => WaitsForRefund() with { RefundId = null },
        (OrderStatus.Refunded, OrderStatus.Paid) => Enter(OrderStatus.Refunding),
        _ => Enter(RefundedFrom!) with { RefundedFrom = null },
    };

    /// <summary>Whether a cancel that met a payment in flight may be refused, and the order wait for its payment again.</summary>
    public bool HasTimeToPay(DateTimeOffset now) => PayBy > now;

    /// <summary>The cancel was refused: the order awaits its payment as before.</summary>
    public Order Reopens() => Enter(OrderStatus.AwaitingPayment) with { CloseReason = null, NextAttempt = PayBy };

    private Order Enter(string status) => OrderStatus.Next.TryGetValue(Status, out var next) && next.Contains(status)
        ? this with { Status = status, Attempts = 0, LeasedUntil = null, NextAttempt = null }
        : throw new BrokenRuleException($"order {Id} cannot become {status} from {Status}");
}
