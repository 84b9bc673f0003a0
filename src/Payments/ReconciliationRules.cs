using Stoa.Contracts;

namespace Stoa.Payments;

/// <summary>What we hold of an intent: the attempt that succeeded with it, else the latest, and its entry in the ledger.</summary>
public sealed record OurCharge
{
    public required Guid AttemptId { get; init; }
    public required Guid OrderId { get; init; }
    public required string IntentId { get; init; }
    public required long AmountMinor { get; init; }
    public required string Currency { get; init; }
    public required string Status { get; init; }
    public DateTimeOffset LeaseUntil { get; init; }
    public DateTimeOffset LookedAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the ledger says was taken; null when it has no such entry.</summary>
    public long? BookedMinor { get; init; }
}

/// <summary>What we hold of a refund, and its entries in the ledger.</summary>
public sealed record OurRefund
{
    public required Guid Id { get; init; }
    public required Guid OrderId { get; init; }
    public required string IntentId { get; init; }
    public string? ProviderRefundId { get; init; }
    public required long AmountMinor { get; init; }
    public required string Currency { get; init; }
    public required string Status { get; init; }
    public DateTimeOffset LeaseUntil { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the ledger says went back; null when it has no such entry.</summary>
    public long? BookedMinor { get; init; }

    /// <summary>What the ledger says came to us again; null when it has no such entry.</summary>
    public long? ReturnedMinor { get; init; }
}

/// <summary>Something that is not as it should be.</summary>
/// <param name="OursMinor">What we say, where that is the point.</param>
/// <param name="TheirsMinor">What the provider says.</param>
public abstract record Finding(string Kind, long? OursMinor, long? TheirsMinor)
{
    /// <summary>It has one right answer, and reconciliation gives it.</summary>
    public sealed record Repairable(string Kind) : Finding(Kind, null, null);

    /// <summary>A person must look.</summary>
    public sealed record Differs(string Kind, long? OursMinor, long? TheirsMinor) : Finding(Kind, OursMinor, TheirsMinor);
}

/// <summary>How our books and the provider's are compared (P15), without either of them. A thing is compared only after the provider
/// was asked and our rows were read, in this order: whatever we do at the provider is committed here before, so what it shows and we
/// do not have is missing.</summary>
public static class ReconciliationRules
{
    // Put right:
    public const string ChargeNotSettled = "charge_not_settled";
    public const string ChargeNotBooked = "charge_not_booked";
    public const string RefundNotSettled = "refund_not_settled";
    public const string RefundNotBooked = "refund_not_booked";
    public const string ReturnNotBooked = "refund_return_not_booked";

    // Reported:
    public const string ChargeWithoutAttempt = "charge_without_attempt";
    public const string ChargeMissing = "charge_missing_at_provider";
    public const string ChargeDiffers = "charge_amount_differs";
    public const string RefundWithoutRecord = "refund_without_record";
    public const string RefundMissing = "refund_missing_at_provider";
    public const string RefundDiffers = "refund_amount_differs";
    public const string RefundWentOut = "refund_went_out_though_failed";
    public const string RefundUnresolved = "refund_unresolved";
    public const string LedgerDiffers = "ledger_amount_differs";
    public const string LedgerWithoutCharge = "ledger_without_charge";
    public const string LedgerOfNothing = "ledger_entry_of_nothing";
    public const string LedgerUnbalanced = "ledger_entry_unbalanced";

    /// <summary>What is decided at this moment is left to whoever decides it: longer than a lease and an answer.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    /// <param name="theirs">Null: the provider holds no such intent.</param>
    /// <param name="ours">Null: no attempt was made with it.</param>
    /// <returns>Null when the two agree, or are being decided.</returns>
    public static Finding? OfCharge(ProviderCharge? theirs, OurCharge? ours, DateTimeOffset now)
    {
        var taken = theirs is { Status: Intent.Succeeded } ? theirs : null;
        return (taken, ours) switch
        {
            (null, null) => null,
            (null, { Status: Attempt.Succeeded }) => new Finding.Differs(ChargeMissing, ours.AmountMinor, 0),
            (null, { BookedMinor: { } booked }) => new Finding.Differs(LedgerWithoutCharge, booked, 0),
            (null, _) => null,
            (_, null) => new Finding.Differs(ChargeWithoutAttempt, null, taken.ReceivedMinor),
            (_, { Status: not Attempt.Succeeded }) => ours.LeaseUntil > now || now - ours.LookedAt < Settling ? null : new Finding.Repairable(ChargeNotSettled),
            _ when ours.Currency != taken.Currency || ours.AmountMinor != taken.ReceivedMinor => new Finding.Differs(ChargeDiffers, ours.AmountMinor, taken.ReceivedMinor),
            _ when taken.CapturedMinor == 0 => new Finding.Differs(ChargeMissing, ours.AmountMinor, 0),
            _ when ours.AmountMinor != taken.CapturedMinor => new Finding.Differs(ChargeDiffers, ours.AmountMinor, taken.CapturedMinor),
            (_, { BookedMinor: null }) => new Finding.Repairable(ChargeNotBooked),
            _ => ours.BookedMinor == taken.ReceivedMinor ? null : new Finding.Differs(LedgerDiffers, ours.BookedMinor, taken.ReceivedMinor),
        };
    }

    /// <param name="theirs">Null: the provider holds no such refund.</param>
    /// <param name="ours">Null: we have no such refund.</param>
    /// <returns>Null when the two agree, or are being decided.</returns>
    public static Finding? OfRefund(ProviderRefund? theirs, OurRefund? ours, DateTimeOffset now)
    {
        if (ours is null) return theirs is null or { Failed: true } ? null : new Finding.Differs(RefundWithoutRecord, null, theirs.AmountMinor);
        if (theirs is null) return OfMissing(ours);
        if (theirs.AmountMinor != ours.AmountMinor || theirs.Currency != ours.Currency) return new Finding.Differs(RefundDiffers, ours.AmountMinor, theirs.AmountMinor);
        var undecided = ours.Status is Refund.Submitted or Refund.Pending;
        if (undecided && (ours.LeaseUntil > now || now - ours.CreatedAt < Settling)) return null;
        return theirs.Status switch
        {
            ProviderRefund.Succeeded when ours.Status == Refund.Failed => new Finding.Differs(RefundWentOut, 0, theirs.AmountMinor),
            ProviderRefund.Succeeded when ours.Status != Refund.Succeeded => new Finding.Repairable(RefundNotSettled),
            ProviderRefund.Succeeded => OfBooks(ours, gone: true),
            _ when theirs.Failed => ours.Status == Refund.Failed ? OfBooks(ours, gone: false) : new Finding.Repairable(RefundNotSettled),
            _ when ours.Status is Refund.Escalated => new Finding.Repairable(RefundNotSettled),
            _ when undecided => null,
            _ => new Finding.Differs(RefundMissing, ours.AmountMinor, 0), // we count it as decided, and it is not
        };
    }

    /// <summary>Of one that was never sent the provider has nothing: that is recovery's to tell (P13).</summary>
    private static Finding.Differs? OfMissing(OurRefund ours) => ours.Status switch
    {
        Refund.Succeeded => new Finding.Differs(RefundMissing, ours.AmountMinor, 0),
        Refund.Pending => new Finding.Differs(RefundMissing, ours.AmountMinor, 0),
        Refund.Escalated => new Finding.Differs(RefundUnresolved, ours.AmountMinor, 0),
        _ => null,
    };

    private static Finding? OfBooks(OurRefund ours, bool gone) => (gone, ours.BookedMinor, ours.ReturnedMinor) switch
    {
        (true, null, null) => new Finding.Repairable(RefundNotBooked),
        (false, null, null) => null,
        (false, { } booked, null) when booked == ours.AmountMinor => new Finding.Repairable(ReturnNotBooked),
        _ when (ours.BookedMinor ?? 0) - (ours.ReturnedMinor ?? 0) == (gone ? ours.AmountMinor : 0) => null,
        _ => new Finding.Differs(LedgerDiffers, (ours.BookedMinor ?? 0) - (ours.ReturnedMinor ?? 0), gone ? ours.AmountMinor : 0),
    };
}
