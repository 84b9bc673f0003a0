using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Keeps our copy of the catalogue's prices. A deleted product stays as a tombstone, and an older version never
/// overwrites a newer one (C1).</summary>
public static class CopyPrices
{
    public const string Source = "products";
    public const string Purpose = "prices";

    public static void From(Subscription products) =>
        products.On<ProductChanged>(Change).On<ProductDeleted>(Delete).ReadAgainAfter(Forget);

    private static async Task Change(ProductChanged product, Transaction tx)
    {
        if (!await IsNews(product.ProductId, product.ProductVersion, deleted: false, tx)) return;
        await tx.Execute("DELETE FROM prices WHERE product_id = @ProductId", new { product.ProductId });
        foreach (var variant in product.Variants)
        {
            await tx.Execute("""
                INSERT INTO prices (sku, product_id, name, price_minor, currency) VALUES (@Sku, @ProductId, @Name, @Amount, @Currency)
                ON CONFLICT (sku) DO UPDATE SET product_id = excluded.product_id, name = excluded.name,
                    price_minor = excluded.price_minor, currency = excluded.currency
                """, new { variant.Sku, product.ProductId, variant.Name, variant.Price.Amount, variant.Price.Currency });
        }
    }

    private static async Task Delete(ProductDeleted product, Transaction tx)
    {
        if (!await IsNews(product.ProductId, product.ProductVersion, deleted: true, tx)) return;
        await tx.Execute("DELETE FROM prices WHERE product_id = @ProductId", new { product.ProductId });
    }

    private static async Task<bool> IsNews(Guid id, long version, bool deleted, Transaction tx) => await tx.Execute("""
        INSERT INTO products (id, version, deleted) VALUES (@id, @version, @deleted)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, deleted = excluded.deleted WHERE products.version < excluded.version
        """, new { id, version, deleted }) > 0;

    private static async Task Forget(Transaction tx)
    {
        await tx.Execute("DELETE FROM prices");
        await tx.Execute("DELETE FROM products");
    }
}
