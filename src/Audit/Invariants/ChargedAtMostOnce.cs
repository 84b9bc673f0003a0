namespace Stoa.Audit;

/// <summary>One charge an order at the bank, pending ones too (P9), and one attempt that succeeded (P7).</summary>
internal static class ChargedAtMostOnce
{
    public static Invariant Invariant { get; } = new("charged_at_most_once", "Each order is charged at most once")
    {
        OfPurchase = Check,
        Compared = totals => $"{totals.Count("charges")} of {totals.Sum("charged")}, {totals.Count("orders")}",
    };

    private static IEnumerable<string> Check(Purchase purchase)
    {
        if (purchase.OrderId.Length == 0) yield break; // charges of no order are another invariant's
        if (purchase.Bank is { Charges.Length: > 1 } bank) yield return $"the bank charged it {bank.Charges.Length} times: {string.Join(", ", bank.Charges.Select(one => $"{one.Id} {one.Amount}"))}";
        if (purchase.Succeeded.Count() is > 1 and var attempts) yield return $"{attempts} attempts succeeded";
    }
}
