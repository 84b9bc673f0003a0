using Stoa.Contracts;

namespace Stoa.Audit;

/// <summary>What a SKU has reserved is the sum of its open reservations, and each of those is for an order that lives and
/// for what it ordered (P3, P4).</summary>
internal static class ReservedIsHeld
{
    public static Invariant Invariant { get; } = new("reserved_is_held", "Reserved is the sum of open reservations, each for a live order")
    {
        OfPurchase = Check,
        OfStock = Check,
        Compared = totals => $"{totals.Count("reserved")} of {totals.Count("SKUs")}, {totals.Count("reservations")}",
    };

    private static IEnumerable<string> Check(StockFacts stock)
    {
        if (stock.Reserved != stock.Held) yield return $"{stock.Reserved} reserved, and open reservations hold {stock.Held}";
    }

    private static IEnumerable<string> Check(Purchase purchase)
    {
        var lives = purchase.Order?.Status is "placed" or "awaiting_payment" or "closing";
        var decision = purchase.Reservation?.Decision;
        if (decision == "reserved" && !lives) yield return $"holds stock, and the order is {purchase.Order?.Status ?? "unknown"}";
        if (purchase.Order?.Status == "awaiting_payment" && decision != "reserved") yield return $"awaits its payment, and its reservation reads {decision ?? "nothing"}";
        if (decision is "reserved" or "sold" && purchase.Order is { } order && !Same(order.Lines, purchase.Reservation!.Lines)) yield return "its reservation is of other lines than the order's";
    }

    private static bool Same(SkuQuantity[] ordered, SkuQuantity[] held) =>
        ordered.OrderBy(one => one.Sku, StringComparer.Ordinal).SequenceEqual(held.OrderBy(one => one.Sku, StringComparer.Ordinal));
}
