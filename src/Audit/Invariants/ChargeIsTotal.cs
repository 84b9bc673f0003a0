namespace Stoa.Audit;

/// <summary>The bank took what the order costs: neither more nor less, and in its currency.</summary>
internal static class ChargeIsTotal
{
    public static Invariant Invariant { get; } = new("charge_is_total", "Each charge is its order's total")
    {
        OfPurchase = Check,
        Compared = totals => $"{totals.Sum("charged")} charged, {totals.Sum("paid orders")} in paid orders",
    };

    private static IEnumerable<string> Check(Purchase purchase)
    {
        if (purchase.Order is not { } order) yield break;
        foreach (var charge in purchase.Charges.Where(one => one.Amount != order.Total)) yield return $"charge {charge.Id} is {charge.Amount}, the order {order.Total}";
        foreach (var attempt in purchase.Succeeded.Where(one => one.Amount != order.Total)) yield return $"payment {attempt.Id} is {attempt.Amount}, the order {order.Total}";
    }
}
