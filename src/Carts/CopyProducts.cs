using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Carts;

/// <summary>Keeps our copy of names and prices (C1). An older version changes nothing, and a deleted product stays as a
/// tombstone: its SKUs keep their names for the carts that hold them.</summary>
public static class CopyProducts
{
    public static async Task Changed(ProductChanged product, Transaction tx)
    {
        if (!await IsNews(product.ProductId, product.ProductVersion, product.Slug, tx)) return;
        await TakeOffSale(product.ProductId, tx);
        foreach (var variant in product.Variants)
        {
            await tx.Execute("""
                INSERT INTO variants (sku, product_id, name, price_amount, price_currency, for_sale)
                VALUES (@Sku, @ProductId, @Name, @Amount, @Currency, TRUE)
                ON CONFLICT (sku) DO UPDATE SET product_id = excluded.product_id, name = excluded.name,
                    price_amount = excluded.price_amount, price_currency = excluded.price_currency, for_sale = TRUE
                """, new { variant.Sku, product.ProductId, variant.Name, variant.Price.Amount, variant.Price.Currency });
        }
    }

    public static async Task Deleted(ProductDeleted product, Transaction tx)
    {
        if (await IsNews(product.ProductId, product.ProductVersion, null, tx)) await TakeOffSale(product.ProductId, tx);
    }

    /// <summary>Before the log is read again from its start (E4).</summary>
    public static async Task Forget(Transaction tx)
    {
        await tx.Execute("DELETE FROM variants");
        await tx.Execute("DELETE FROM products");
    }

    private static async Task<bool> IsNews(Guid id, long version, string? slug, Transaction tx) => await tx.Execute("""
        INSERT INTO products (id, version, slug) VALUES (@id, @version, @slug)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, slug = excluded.slug WHERE products.version < excluded.version
        """, new { id, version, slug }) == 1;

    private static Task TakeOffSale(Guid productId, Transaction tx) =>
        tx.Execute("UPDATE variants SET for_sale = FALSE WHERE product_id = @productId", new { productId });
}
