using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Prices lines from our own copy of the catalogue (C1), whatever a client says they cost.</summary>
public static class OurPrices
{
    private const string Find = "SELECT sku, name, price_minor, currency FROM prices WHERE sku IN @skus";

    /// <param name="wanted">One line per SKU.</param>
    /// <param name="sql">The transaction that commits the order; for a quote, the database.</param>
    /// <param name="copies">Tells whether the copy has once been complete.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>The lines in the order in which they were wanted, or 409 <c>not_for_sale</c>.</returns>
    /// <exception cref="UnavailableException">The copy is still being made: what it does not know may be for sale all the same (C1).</exception>
    public static async Task<(OrderLine[] Lines, ProblemHttpResult? Refusal)> For(
        SkuQuantity[] wanted, Sql sql, Subscriptions copies, CancellationToken stop = default)
    {
        var complete = copies.ReachedHead(CopyPrices.Source, CopyPrices.Purpose); // asked before the look: never after
        var prices = (await sql.Query<PriceRow>(Find, new { skus = wanted.Select(line => line.Sku).ToArray() }, stop))
            .ToDictionary(row => row.Sku, StringComparer.Ordinal);
        var unknown = wanted.Where(line => !prices.ContainsKey(line.Sku)).ToArray();
        if (unknown.Length > 0) return complete ? ([], NotForSale(unknown)) : throw new UnavailableException("the copy of the prices");
        return ([.. wanted.Select(line => prices[line.Sku].Times(line.Quantity))], null);
    }

    private static ProblemHttpResult NotForSale(SkuQuantity[] lines) => Problem.Of(409, "not_for_sale",
        "Something in the order is no longer for sale. Take it out and try again.", new { items = lines.Select(line => new { line.Sku }) });

    private sealed record PriceRow(string Sku, string Name, long PriceMinor, string Currency)
    {
        public OrderLine Times(int quantity) => new(Sku, Name, quantity, new Money(PriceMinor, Currency));
    }
}
