using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Carts;

/// <summary>A cart as its owner sees it.</summary>
/// <param name="Id">What an order names to take the bought lines from here.</param>
/// <param name="Version">Grows with each change; also the <c>ETag</c>.</param>
/// <param name="Items">What can be ordered now, at the price it has now.</param>
/// <param name="NotForSale">Lines that left the catalogue since they were added. They stand apart, so that the items are
/// always an order that can be placed, and come back by themselves with their product.</param>
/// <param name="Subtotal">The items' sum, before shipping and tax.</param>
public sealed record CartView(Guid Id, long Version, CartItem[] Items, SetAside[] NotForSale, Money Subtotal);

/// <summary>A line that can be ordered.</summary>
/// <param name="PreviousUnitPrice">What one cost when the line was last put or changed, where that is another price than
/// now; null where nothing moved.</param>
public sealed record CartItem(string Sku, string Slug, string Name, int Quantity, Money UnitPrice, Money LineTotal, Money? PreviousUnitPrice);

/// <summary>A line that cannot.</summary>
public sealed record SetAside(string Sku, string Name, int Quantity);

/// <summary>Shows a cart, in one read.</summary>
public sealed class ShowCart(StoaOptions options, Subscriptions copies)
{
    public static async Task<IResult> Handle(Buyer buyer, HttpResponse response, Database database, ShowCart show, CancellationToken stop) =>
        Answer(await show.Read(database, buyer.Id, stop), response);

    /// <exception cref="UnavailableException">The cart holds a SKU that our copy of the catalogue does not know yet (C1).</exception>
    internal async Task<CartView> Read(Sql sql, Guid cartId, CancellationToken stop = default)
    {
        var rows = await sql.Query<Row>("""
            SELECT c.version, l.sku, l.quantity, v.name, p.slug, v.price_amount, v.price_currency, v.for_sale, l.seen_amount, l.seen_currency
            FROM carts c
            LEFT JOIN cart_lines l ON l.cart_id = c.id
            LEFT JOIN variants v ON v.sku = l.sku
            LEFT JOIN products p ON p.id = v.product_id
            WHERE c.id = @cartId ORDER BY l.place
            """, new { cartId }, stop);
        var lines = rows.Where(row => row.Sku is not null).ToLookup(row => row.ForSale is true);
        if (lines[false].Any(row => row.Name is null)) RequireWholeCopy();
        CartItem[] items = [.. lines[true].Select(row => row.Item())];
        SetAside[] aside = [.. lines[false].Select(row => new SetAside(row.Sku!, row.Name ?? row.Sku!, row.Quantity!.Value))];
        var subtotal = items.Aggregate(new Money(0, options.Currency), (sum, item) => sum + item.LineTotal);
        return new CartView(cartId, rows.FirstOrDefault()?.Version ?? 0, items, aside, subtotal);
    }

    internal static IResult Answer(CartView cart, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.SetETag(ETags.Of(cart.Version));
        return TypedResults.Ok(cart);
    }

    /// <summary>Before the copy was once as new as the catalogue, what it does not know may exist all the same (C1).</summary>
    internal void RequireWholeCopy()
    {
        if (!copies.ReachedHead("products", Program.Copy)) throw new UnavailableException("products");
    }

    private sealed record Row(
        long Version, string? Sku, int? Quantity, string? Name, string? Slug, long? PriceAmount, string? PriceCurrency, bool? ForSale,
        long? SeenAmount, string? SeenCurrency)
    {
        public CartItem Item()
        {
            var price = new Money(PriceAmount!.Value, PriceCurrency!);
            var seen = SeenAmount is { } amount ? new Money(amount, SeenCurrency!) : price;
            return new CartItem(Sku!, Slug!, Name!, Quantity!.Value, price, price.Times(Quantity.Value), seen == price ? null : seen);
        }
    }
}
