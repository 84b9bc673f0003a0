using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Inventory;

/// <summary>A SKU that Products made gets a place on the shelf, empty. One that left the catalogue keeps its place: the
/// goods are still there.</summary>
public static class OpenStock
{
    public static async Task Handle(ProductChanged changed, Transaction tx)
    {
        foreach (var variant in changed.Variants.OrderBy(variant => variant.Sku, StringComparer.Ordinal))
        {
            await tx.Execute("""
                INSERT INTO stock (sku, on_hand, reserved, version) VALUES (@Sku, 0, 0, 1) ON CONFLICT DO NOTHING
                """, new { variant.Sku });
        }
    }

    /// <summary>Before the products' log is read again from its start nothing is deleted: stock is Inventory's own, not a copy of it.</summary>
    public static Task KeepAll(Transaction tx) => Task.CompletedTask;
}
