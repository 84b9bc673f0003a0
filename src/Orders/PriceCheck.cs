using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Here the price is checked at checkout. <see cref="PlaceOrder"/> prices the lines from our own copy
/// (<see cref="OurPrices"/>) in the transaction that commits the order; this compares what the shopper was shown. So
/// nobody pays a price that they did not see, and nobody pays a price that they made up.</summary>
public static class PriceCheck
{
    /// <param name="now">What the order costs now.</param>
    /// <param name="shownTotal">The lines as they were shown, before shipping and tax.</param>
    /// <param name="shownGrandTotal">All of it as it was shown; null when the client did not say.</param>
    /// <returns>409 <c>price_changed</c> with what is right now; null when the shopper saw just that. Another currency
    /// is another price.</returns>
    public static ProblemHttpResult? Refuses(Quote now, Money shownTotal, Money? shownGrandTotal) =>
        shownTotal == now.Subtotal && (shownGrandTotal is null || shownGrandTotal == now.Total)
            ? null
            : Problem.Of(409, "price_changed", "A price changed since it was shown. Look at the new total and order again.",
                new { currentTotal = now.Subtotal, currentGrandTotal = now.Total, now.Items });
}
