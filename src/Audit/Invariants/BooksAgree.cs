namespace Stoa.Audit;

/// <summary>The bank, the ledger, Payments and Orders say the same of each order: what was charged, what went back, and
/// whether it is paid. All four write it down in a database of their own.</summary>
internal static class BooksAgree
{
    public static Invariant Invariant { get; } = new("books_agree", "What the bank charged and refunded is what the ledger, Payments and the orders say")
    {
        OfPurchase = Check,
        Compared = totals => $"bank {totals.Sum("charged")} less {totals.Sum("refunded")}, ledger {totals.Sum("clearing")}, paid orders {totals.Sum("paid orders")}",
    };

    private static IEnumerable<string> Check(Purchase purchase)
    {
        var (charged, refunded) = purchase.BankWasRead ? (purchase.BankCharged, purchase.BankRefunded) : (purchase.LedgerCharged, purchase.LedgerRefunded);
        if (charged != purchase.LedgerCharged || charged != purchase.AttemptsCharged)
            yield return $"charged: the bank {charged}, the ledger {purchase.LedgerCharged}, Payments {purchase.AttemptsCharged}";
        if (refunded != purchase.LedgerRefunded || refunded != purchase.RefundsMade)
            yield return $"refunded: the bank {refunded}, the ledger {purchase.LedgerRefunded}, Payments {purchase.RefundsMade}";
        if (purchase.Order is not { } order) yield break;

        var inTime = purchase.Succeeded.Any(one => !one.AfterClosure);
        if (purchase.IsPaid != inTime) yield return $"the order is {order.Status}, and {(inTime ? "a payment" : "no payment")} of it succeeded in time";
        var whole = inTime && purchase.RefundsMade == purchase.AttemptsCharged;
        if (whole != (order.Status == "refunded"))
            yield return $"the order is {order.Status}, and {purchase.RefundsMade} of {purchase.AttemptsCharged} went back";
    }
}
