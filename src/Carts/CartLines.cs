using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Carts;

/// <summary>The rows of a cart, for the features that write them.</summary>
internal static class CartLines
{
    public static Task<List<SkuQuantity>> Of(Transaction tx, Guid cartId) =>
        tx.Query<SkuQuantity>("SELECT sku, quantity FROM cart_lines WHERE cart_id = @cartId ORDER BY place", new { cartId });

    /// <summary>A line keeps its place; a new one goes to the end. Whoever sets it has seen the price of now.</summary>
    public static Task Set(Transaction tx, Guid cartId, string sku, int quantity) => tx.Execute("""
        INSERT INTO cart_lines (cart_id, sku, quantity, place, seen_amount, seen_currency)
        VALUES (@cartId, @sku, @quantity, (SELECT COALESCE(MAX(place), 0) + 1 FROM cart_lines WHERE cart_id = @cartId),
            (SELECT price_amount FROM variants WHERE sku = @sku), (SELECT price_currency FROM variants WHERE sku = @sku))
        ON CONFLICT (cart_id, sku) DO UPDATE
        SET quantity = excluded.quantity, seen_amount = excluded.seen_amount, seen_currency = excluded.seen_currency
        """, new { cartId, sku, quantity });

    /// <summary>Lines that moved from one cart to another take along what their owner saw: a login shows no price.</summary>
    public static Task KeepSeenPrices(Transaction tx, Guid from, Guid to) => tx.Execute("""
        UPDATE cart_lines SET seen_amount = old.seen_amount, seen_currency = old.seen_currency
        FROM cart_lines old
        WHERE cart_lines.cart_id = @to AND old.cart_id = @from AND old.sku = cart_lines.sku
        """, new { from, to });

    public static Task Remove(Transaction tx, Guid cartId, string sku) =>
        tx.Execute("DELETE FROM cart_lines WHERE cart_id = @cartId AND sku = @sku", new { cartId, sku });

    public static Task RemoveAll(Transaction tx, Guid cartId) =>
        tx.Execute("DELETE FROM cart_lines WHERE cart_id = @cartId", new { cartId });
}
