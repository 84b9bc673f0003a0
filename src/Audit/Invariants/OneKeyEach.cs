namespace Stoa.Audit;

/// <summary>An order is made by one request, whose Idempotency-Key names it: the record is committed with it (P2, I1).</summary>
internal static class OneKeyEach
{
    public static Invariant Invariant { get; } = new("one_key_each", "Each order is named by the one Idempotency-Key that made it")
    {
        OfPurchase = Check,
        Compared = totals => $"{totals.Count("orders")}, {totals.Count("keys")}",
    };

    private static IEnumerable<string> Check(Purchase purchase)
    {
        if (purchase.Order?.Keys is { } keys and not 1) yield return $"{keys} idempotency records name it";
    }
}
