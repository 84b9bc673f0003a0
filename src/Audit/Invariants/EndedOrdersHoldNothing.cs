namespace Stoa.Audit;

/// <summary>An order that was cancelled or rejected keeps neither money nor goods; what was taken late went back (P8, P11).</summary>
internal static class EndedOrdersHoldNothing
{
    public static Invariant Invariant { get; } = new("ended_orders_hold_nothing", "No cancelled or rejected order holds an unrefunded charge or a reservation")
    {
        OfPurchase = Check,
        Compared = totals => $"{totals.Count("cancelled orders")}, {totals.Count("rejected orders")}",
    };

    private static IEnumerable<string> Check(Purchase purchase)
    {
        if (!purchase.EndedUnpaid) yield break;
        var status = purchase.Order!.Status;
        if (purchase.BankCharged > purchase.BankRefunded) yield return $"is {status}, and the bank holds {purchase.BankCharged - purchase.BankRefunded} of it";
        if (purchase.AttemptsCharged > purchase.RefundsMade) yield return $"is {status}, and Payments holds {purchase.AttemptsCharged - purchase.RefundsMade} of it";
        if (purchase.Reservation?.Decision is "reserved" or "sold") yield return $"is {status}, and its reservation reads {purchase.Reservation.Decision}";
        if (status == "cancelled" && purchase.Payment is { IsClosed: false }) yield return "is cancelled, and open to payments";
    }
}
