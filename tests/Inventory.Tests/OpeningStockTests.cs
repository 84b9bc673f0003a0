using Stoa.Contracts;
using Stoa.Kit;

namespace Stoa.Inventory.Tests;

/// <summary>What lies on the shelf when Inventory first hears of a SKU.</summary>
public sealed class OpeningStockTests(Shelf shelf)
{
    private static readonly Money Some = new(100, "USD");

    private Task Tell(Guid product, long version, string sku, int openingStock) =>
        shelf.Tell("products", new ProductChanged(product, version, "thing", [new VariantForSale(sku, "Thing", Some, openingStock)]));

    [Fact]
    public async Task E5_It_is_taken_once_however_often_the_product_tells_it()
    {
        var (product, sku) = (shelf.NewId(), "OPEN-" + shelf.NewId());
        await Tell(product, 1, sku, 7);
        await Eventually.Is(async () => (await shelf.Staff.Get($"/api/stock/{sku}")).Status == 200, $"a place for {sku}");
        await Tell(product, 2, sku, 7);
        await Tell(product, 3, sku, 70);
        await shelf.Sku(0); // read after them, as all events of one log are

        Assert.Equal((7, 0), await shelf.Stock(sku));
        Assert.True(Assert.Single(await shelf.Told(sku)));
        var movement = Assert.Single((await shelf.Staff.Get($"/api/stock/{sku}/movements")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(7, movement.GetProperty("onHandAfter").GetInt64());
        Assert.Equal(("adjustment", 7, "Opening stock"), (movement.GetProperty("kind").GetString(), movement.GetProperty("quantity").GetInt64(), movement.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task A_SKU_that_has_its_place_already_keeps_what_it_has()
    {
        var sku = await shelf.Sku(0);
        await Tell(shelf.NewId(), 1, sku, 9);
        await shelf.Sku(0);

        Assert.Equal((0, 0), await shelf.Stock(sku));
        Assert.Empty(await shelf.Told(sku));
    }

    [Fact]
    public async Task Tells_another_service_what_can_be_had()
    {
        var (full, empty) = (await shelf.Sku(5), await shelf.Sku(0));
        await shelf.Put(shelf.NewId(), new SkuQuantity(full, 2));
        var reply = await shelf.Store.Internal("inventory").Put("/internal/stock", new StockQuestion([full, empty, "NO-SUCH-SKU"]));

        var available = Kernel.Json.Read<AvailableStock[]>(reply.Body).ToDictionary(one => one.Sku, one => one.Available);
        Assert.Equal((2, 3L, 0L), (available.Count, available[full], available[empty]));
        Assert.Equal(401, (await shelf.Staff.Put("/internal/stock", new StockQuestion([full]))).Status);
    }
}
