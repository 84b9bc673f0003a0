using Stoa.Contracts;

namespace Stoa.Carts;

/// <summary>How much a cart holds, and what becomes of two carts that join.</summary>
public static class CartLimits
{
    /// <summary>Of one SKU.</summary>
    public const int MostOfOneSku = 999;

    /// <summary>Lines in a cart.</summary>
    public const int MostLines = 100;

    /// <summary>A guest's lines join a shopper's (C2): quantities add up to the limit; new lines follow the shopper's own,
    /// as many as fit.</summary>
    /// <returns>The shopper's lines that change, with their new quantities.</returns>
    public static IReadOnlyList<SkuQuantity> Join(IReadOnlyList<SkuQuantity> shoppers, IReadOnlyList<SkuQuantity> guests)
    {
        var own = shoppers.ToDictionary(line => line.Sku, line => line.Quantity, StringComparer.Ordinal);
        var room = MostLines - own.Count;
        return [.. guests
            .Where(line => own.ContainsKey(line.Sku) || room-- > 0)
            .Select(line => line with { Quantity = Math.Min(MostOfOneSku, line.Quantity + own.GetValueOrDefault(line.Sku)) })];
    }
}
