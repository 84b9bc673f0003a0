using Stoa.Contracts;

namespace Stoa.Audit;

/// <summary>What came in is on the shelf or was sold; nothing is below 0, and what is promised is there (P5).</summary>
internal static class StockAddsUp
{
    public static Invariant Invariant { get; } = new("stock_adds_up", "Stock on hand and sold is the stock received; nothing is below 0")
    {
        OfStock = Check,
        Compared = totals => $"{totals.Count("SKUs")}: {totals.Count("on hand")}, {totals.Count("sold")}, {totals.Count("received")}, {totals.Count("reserved")}",
    };

    private static IEnumerable<string> Check(StockFacts stock)
    {
        if (stock.OnHand + stock.Sold - stock.Returned != stock.Received)
            yield return $"{stock.OnHand} on hand and {stock.Sold - stock.Returned} sold, {stock.Received} received";
        if (stock.OnHand < 0) yield return $"{stock.OnHand} on hand";
        if (stock.Reserved < 0 || stock.Reserved > stock.OnHand) yield return $"{stock.Reserved} reserved of {stock.OnHand} on hand";
    }
}
