using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>Keeps what is in stock as Inventory tells it, on the product that has the SKU and for one that will have it.</summary>
public static class KeepAvailability
{
    public static async Task Handle(StockAvailabilityChanged changed, Transaction tx)
    {
        await Catalogue.Lock(tx);
        await tx.Execute("""
            INSERT INTO availability (sku, in_stock) VALUES (@Sku, @InStock)
            ON CONFLICT (sku) DO UPDATE SET in_stock = excluded.in_stock
            """, changed);
        if (await StoredProduct.FindBySku(changed.Sku, tx) is { } row) await Refresh(row, tx);
    }

    /// <summary>Before Inventory's log is read again from its start: nothing is known to be in stock, until the log says so
    /// again a moment later. The texts hold <c>"inStock":true</c> nowhere else: in a value its quotes would be escaped.</summary>
    public static async Task Forget(Transaction tx)
    {
        await Catalogue.Lock(tx);
        await tx.Execute("DELETE FROM availability");
        await tx.Execute("""
            UPDATE product_texts SET listing = REPLACE(listing, '"inStock":true', '"inStock":false'),
                document = REPLACE(document, '"inStock":true', '"inStock":false')
            WHERE number IN (SELECT number FROM products WHERE in_stock)
            """);
        await tx.Execute("UPDATE products SET in_stock = FALSE, revision = revision + 1 WHERE in_stock");
    }

    private static async Task Refresh(StoredProduct row, Transaction tx)
    {
        var product = row.Product;
        product = product.With(await Catalogue.InStock(product.Variants.Select(variant => variant.Sku), tx));
        if (Json.Write(product) == row.Document) return;
        await tx.Execute("UPDATE products SET in_stock = @InStock, revision = revision + 1 WHERE number = @Number", new { row.Number, product.InStock });
        await StoredProduct.WriteTexts(row.Number, product, tx);
    }
}
