namespace Stoa.Audit;

/// <summary>Whatever was acknowledged is there: an order under its id and with its total, a payment as paid. Also without a
/// journal: an order that Inventory or Payments was asked about is known to Orders (P2).</summary>
internal static class NoOrderLost
{
    public static Invariant Invariant { get; } = new("no_order_lost", "No acknowledged order or payment is lost")
    {
        OfPurchase = Check,
        Compared = totals => $"{totals.Count("orders")}, {totals.Count("reservations")}, {totals.Count("attempts")}; journal: {totals.Count("acknowledged orders")}, {totals.Count("acknowledged payments")}",
    };

    private static IEnumerable<string> Check(Purchase purchase)
    {
        if (purchase.Order is null)
        {
            if (purchase.Acknowledged is not null) yield return "was acknowledged, and Orders does not know it";
            if (purchase.Payment is not null) yield return "Payments knows it, and Orders does not";
            if (purchase.Reservation is not null) yield return "Inventory knows it, and Orders does not";
            yield break;
        }

        if (purchase.Acknowledged is not { } told) yield break;
        if (told.Total is { } total && total != purchase.Order.Total) yield return $"was acknowledged with a total of {total}, and has {purchase.Order.Total}";
        foreach (var payment in told.Payments)
        {
            if (!purchase.Succeeded.Any(one => one.Id == payment)) yield return $"payment {payment} was acknowledged, and Payments has none that succeeded";
            else if (!purchase.IsPaid) yield return $"payment {payment} was acknowledged, and the order is {purchase.Order.Status}";
        }
    }
}
