namespace Stoa.Audit;

/// <summary>What goes back, what is on its way included, is at most what was taken (P13).</summary>
internal static class RefundedAtMostCharged
{
    public static Invariant Invariant { get; } = new("refunded_at_most_charged", "No more is refunded than was charged")
    {
        OfPurchase = Check,
        Compared = totals => $"{totals.Sum("refunded")} of {totals.Sum("charged")}, {totals.Count("refunds")}",
    };

    private static IEnumerable<string> Check(Purchase purchase)
    {
        var atBank = purchase.Bank?.Refunds.Sum(one => one.Amount.Amount) ?? 0;
        if (atBank > purchase.BankCharged) yield return $"the bank charged {purchase.BankCharged} and refunds {atBank}";
        foreach (var payment in purchase.Payment?.Attempts ?? [])
        {
            var refunds = purchase.Payment!.Refunds.Where(one => one.AttemptId == payment.Id && one.Status != "failed").Sum(one => one.Amount.Amount);
            if (refunds > (payment.Status == "succeeded" ? payment.Amount.Amount : 0)) yield return $"payment {payment.Id} of {payment.Amount} ({payment.Status}) has refunds of {refunds}";
        }
    }
}
