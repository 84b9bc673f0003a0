namespace Stoa.Audit;

/// <summary>Nothing is stuck: every order is at its end or waits for its shopper or the bank, and no attempt or refund is
/// of unknown fate. After trouble, within 60 s.</summary>
internal static class EverythingSettles
{
    public static Invariant Invariant { get; } = new("everything_settles", "Every order is final or waits for its shopper or the bank")
    {
        OfPurchase = Check,
        Compared = totals => $"{totals.Count("orders")}, {totals.Count("attempts")}, {totals.Count("refunds")}",
    };

    private static IEnumerable<string> Check(Purchase purchase)
    {
        var atBank = purchase.Payment?.Attempts.Any(one => one.Status == "processing") ?? false;
        if (purchase.Order is { } order)
        {
            if (order.Status == "placed" || (order.Status == "closing" && !atBank)) yield return $"is {order.Status}";
            if (order.Status == "refunding" && !(purchase.Payment?.Refunds.Any(one => one.Status != "succeeded") ?? false)) yield return "is refunding, and no refund is under way";
            if (order.IsOverdue && !atBank) yield return "awaits its payment after its pay-by time";
        }

        foreach (var attempt in purchase.Payment?.Attempts.Where(one => one.Status == "submitted") ?? []) yield return $"the fate of payment {attempt.Id} is unknown";
        foreach (var refund in purchase.Payment?.Refunds.Where(one => one.Status == "submitted") ?? []) yield return $"the fate of refund {refund.Id} is unknown";
    }
}
