using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Inventory;

/// <summary>A SKU that Products made gets a place on the shelf, with the stock that it opens with. One that left the
/// catalogue keeps its place: the goods are still there.</summary>
public static class OpenStock
{
    public static async Task Handle(ProductChanged changed, Transaction tx)
    {
        foreach (var variant in changed.Variants.OrderBy(variant => variant.Sku, StringComparer.Ordinal))
        {
            var isNew = await tx.Execute("""
                INSERT INTO stock (sku, on_hand, reserved, version) VALUES (@Sku, @OpeningStock, 0, 1) ON CONFLICT DO NOTHING
                """, new { variant.Sku, variant.OpeningStock }) == 1;
            if (isNew && variant.OpeningStock > 0) await Fill(changed.ProductId, variant, tx);
        }
    }

    /// <summary>Once per SKU, however often the event comes: only the place that was made now is filled (E5).</summary>
    private static async Task Fill(Guid product, VariantForSale variant, Transaction tx)
    {
        await Movement.Add(new Movement(product, variant.Sku, "adjustment", variant.OpeningStock, "Opening stock", OnHandAfter: variant.OpeningStock), tx);
        new Stock(variant.Sku, variant.OpeningStock, 0, 1).TellCrossing(0, tx);
    }

    /// <summary>Before the products' log is read again from its start nothing is deleted: stock is Inventory's own, not a copy of it.</summary>
    public static Task KeepAll(Transaction tx) => Task.CompletedTask;
}
