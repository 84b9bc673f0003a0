using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Wishlist;

/// <summary>A shopper's wishes, the latest first. What was wished for as a guest is the shopper's after login (I4).</summary>
public static class ShowWishes
{
    public sealed record View(Wish[] Items);

    /// <param name="Sku">The SKU.</param>
    /// <param name="Slug">Its product's address; null when it has left the catalogue.</param>
    /// <param name="Name">The whole name, as it was last.</param>
    /// <param name="Price">As it was last.</param>
    /// <param name="ForSale">Whether it can be bought at all.</param>
    public sealed record Wish(string Sku, string? Slug, string Name, Money Price, bool ForSale);

    public static async Task<IResult> Handle(Buyer buyer, HttpResponse response, Database database, CancellationToken stop)
    {
        var rows = await database.Query<Row>("""
            SELECT w.sku, v.slug, v.name, v.price_amount, v.price_currency, v.for_sale
            FROM wishes w JOIN variants v ON v.sku = w.sku
            WHERE w.owner_id IN @Ids ORDER BY w.wished_at DESC, w.sku
            """, new { buyer.Ids }, stop);
        response.Headers.CacheControl = "no-store";
        return Results.Ok(new View([.. rows.Select(row => row.Wish).DistinctBy(wish => wish.Sku)])); // as a guest, and as the shopper
    }

    private sealed record Row(string Sku, string? Slug, string Name, long PriceAmount, string PriceCurrency, bool ForSale)
    {
        public Wish Wish => new(Sku, Slug, Name, new Money(PriceAmount, PriceCurrency), ForSale);
    }
}
