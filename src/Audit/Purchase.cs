using Stoa.Contracts;

namespace Stoa.Audit;

/// <summary>One order as everybody who has a part in it tells it: what invariants look at. What nobody tells is null.</summary>
/// <param name="OrderId">The order's id, lower case; or whatever the bank's record has in its place.</param>
public sealed record Purchase(string OrderId)
{
    public OrderFacts? Order { get; init; }

    public PaymentFacts? Payment { get; init; }

    public ReservationFacts? Reservation { get; init; }

    /// <summary>Null where the bank took nothing, or where no bank's record was read.</summary>
    public BankFacts? Bank { get; init; }

    /// <summary>Whether the bank's record was read at all.</summary>
    public bool BankWasRead { get; init; } = true;

    /// <summary>How often Carts took the order's lines out of a cart.</summary>
    public int Taken { get; init; }

    public IReadOnlyList<MessageFacts> Messages { get; init; } = [];

    /// <summary>What the shopper was told; null without a journal.</summary>
    public Acknowledged? Acknowledged { get; init; }

    /// <summary>Whether the order says that it was paid, whatever came after.</summary>
    public bool IsPaid => Order?.Status is "paid" or "shipped" or "delivered" or "refunding" or "refunded";

    /// <summary>Whether the order ended without being paid.</summary>
    public bool EndedUnpaid => Order?.Status is "cancelled" or "rejected";

    public IEnumerable<BankChange> Charges => Bank?.Charges.Where(one => one.Status == "succeeded") ?? [];

    public long BankCharged => Charges.Sum(one => one.Amount.Amount);

    public long BankRefunded => Bank?.Refunds.Where(one => one.Status == "succeeded").Sum(one => one.Amount.Amount) ?? 0;

    public IEnumerable<AttemptFacts> Succeeded => Payment?.Attempts.Where(one => one.Status == "succeeded") ?? [];

    public long AttemptsCharged => Succeeded.Sum(one => one.Amount.Amount);

    public long RefundsMade => Payment?.Refunds.Where(one => one.Status == "succeeded").Sum(one => one.Amount.Amount) ?? 0;

    /// <summary>What the ledger says that the provider took.</summary>
    public long LedgerCharged => Clearing("charge");

    /// <summary>What the ledger says that went back and stayed there.</summary>
    public long LedgerRefunded => -Clearing("refund") - Clearing("refund_returned");

    /// <summary>Debits less credits of the clearing account in entries of a kind.</summary>
    private long Clearing(string kind) => Payment?.Entries.Where(entry => entry.Kind == kind)
        .SelectMany(entry => entry.Postings).Where(side => side.Account == "provider_clearing").Sum(side => side.DebitMinor - side.CreditMinor) ?? 0;
}

/// <summary>What a shopper was told of an order, from a journal.</summary>
/// <param name="Total">The total when the order was acknowledged; null where only a payment was.</param>
/// <param name="Payments">The payments acknowledged as succeeded.</param>
public sealed record Acknowledged(Money? Total, IReadOnlyList<Guid> Payments);
