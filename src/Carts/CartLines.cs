using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Carts;

/// <summary>The rows of a cart, for the features that write them.</summary>
internal static class CartLines
{
    public static Task<List<SkuQuantity>> Of(Transaction tx, Guid cartId) =>
        tx.Query<SkuQuantity>("SELECT sku, quantity FROM cart_lines WHERE cart_id = @cartId ORDER BY place", new { cartId });

    /// <summary>A line keeps its place; a new one goes to the end.</summary>
    public static Task Set(Transaction tx, Guid cartId, string sku, int quantity) => tx.Execute("""
        INSERT INTO cart_lines (cart_id, sku, quantity, place)
        VALUES (@cartId, @sku, @quantity, (SELECT COALESCE(MAX(place), 0) + 1 FROM cart_lines WHERE cart_id = @cartId))
        ON CONFLICT (cart_id, sku) DO UPDATE SET quantity = excluded.quantity
        """, new { cartId, sku, quantity });

    public static Task Remove(Transaction tx, Guid cartId, string sku) =>
        tx.Execute("DELETE FROM cart_lines WHERE cart_id = @cartId AND sku = @sku", new { cartId, sku });

    public static Task RemoveAll(Transaction tx, Guid cartId) =>
        tx.Execute("DELETE FROM cart_lines WHERE cart_id = @cartId", new { cartId });
}
