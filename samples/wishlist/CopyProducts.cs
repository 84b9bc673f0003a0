using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Wishlist;

/// <summary>Keeps our copy of names and prices (C1). An older version changes nothing; what left the catalogue keeps its
/// name for those who wish for it.</summary>
public static class CopyProducts
{
    public static async Task Changed(ProductChanged product, Transaction tx)
    {
        if (!await IsNews(product.ProductId, product.ProductVersion, tx)) return;
        await TakeOffSale(product.ProductId, tx);
        foreach (var variant in product.Variants)
        {
            await tx.Execute("""
                INSERT INTO variants (sku, product_id, slug, name, price_amount, price_currency, for_sale)
                VALUES (@Sku, @ProductId, @Slug, @Name, @Amount, @Currency, TRUE)
                ON CONFLICT (sku) DO UPDATE SET product_id = excluded.product_id, slug = excluded.slug, name = excluded.name,
                    price_amount = excluded.price_amount, price_currency = excluded.price_currency, for_sale = TRUE
                """, new { variant.Sku, product.ProductId, product.Slug, variant.Name, variant.Price.Amount, variant.Price.Currency });
        }
    }

    public static async Task Deleted(ProductDeleted product, Transaction tx)
    {
        if (await IsNews(product.ProductId, product.ProductVersion, tx)) await TakeOffSale(product.ProductId, tx);
    }

    /// <summary>Before the log is read again from its start (E4): the names stay, so that no wish is without one meanwhile.</summary>
    public static async Task Forget(Transaction tx)
    {
        await tx.Execute("DELETE FROM products");
        await tx.Execute("UPDATE variants SET for_sale = FALSE, slug = NULL");
    }

    private static async Task<bool> IsNews(Guid id, long version, Transaction tx) => await tx.Execute("""
        INSERT INTO products (id, version) VALUES (@id, @version)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version WHERE products.version < excluded.version
        """, new { id, version }) == 1;

    private static Task TakeOffSale(Guid productId, Transaction tx) =>
        tx.Execute("UPDATE variants SET for_sale = FALSE, slug = NULL WHERE product_id = @productId", new { productId });
}
