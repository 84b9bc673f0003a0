using Stoa.Contracts;
using Stoa.Kit;

namespace Stoa.Inventory.Tests;

/// <summary>E4: what Inventory does when Products comes back with another log, after a restore.</summary>
public sealed class LostLogTests
{
    [Fact]
    public async Task E4_Stock_stays_when_the_products_log_is_read_again_from_its_start()
    {
        await using var shelf = new Shelf();
        await shelf.InitializeAsync();
        var cups = await shelf.Sku(5);
        await shelf.Store.Stop("products");
        await shelf.Store.LoseData("products");
        await shelf.Store.Run("products");
        await shelf.Tell("products", new ProductChanged(shelf.NewId(), 1, "other", [new VariantForSale("OTHER", "Other", new Money(1, "USD"))]));
        await Eventually.Is(async () => (await shelf.Staff.Get("/api/stock/OTHER")).Status == 200, "the new log's SKU");
        Assert.Equal((5, 0), await shelf.Stock(cups));
    }
}
