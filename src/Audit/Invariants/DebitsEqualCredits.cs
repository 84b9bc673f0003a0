namespace Stoa.Audit;

/// <summary>Each entry of the ledger balances in each currency, and has two sides at least (P14).</summary>
internal static class DebitsEqualCredits
{
    public static Invariant Invariant { get; } = new("debits_equal_credits", "In each entry of the ledger debits equal credits")
    {
        OfPurchase = Check,
        Compared = totals => $"{totals.Count("ledger entries")}, debits {totals.Sum("debits")}, credits {totals.Sum("credits")}",
    };

    private static IEnumerable<string> Check(Purchase purchase)
    {
        foreach (var entry in purchase.Payment?.Entries ?? [])
        {
            if (entry.Postings.Length < 2) yield return $"the {entry.Kind} entry {entry.Id} has {entry.Postings.Length} sides";
            foreach (var currency in entry.Postings.GroupBy(one => one.Currency, StringComparer.Ordinal))
            {
                var (debits, credits) = (currency.Sum(one => one.DebitMinor), currency.Sum(one => one.CreditMinor));
                if (debits != credits) yield return $"the {entry.Kind} entry {entry.Id} has debits of {debits} and credits of {credits} {currency.Key}";
            }
        }
    }
}
