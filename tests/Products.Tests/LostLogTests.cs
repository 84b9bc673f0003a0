namespace Stoa.Products.Tests;

/// <summary>E4: what Products does when Inventory comes back with another log, after a restore.</summary>
public sealed class LostLogTests
{
    [Fact]
    public async Task E4_Only_what_the_new_log_says_is_in_stock()
    {
        await using var shop = new Shop();
        await shop.InitializeAsync();
        var name = "A \"inStock\":true name";
        var slugs = new List<string>();
        foreach (var sku in (string[])["OLD", "BOTH"])
        {
            slugs.Add((await shop.Make(shop.Single(name, sku: sku))).GetProperty("slug").GetString()!);
            await shop.Tell(sku, true);
            await shop.StockOf(slugs[^1], true);
        }

        await shop.Store.Stop("inventory");
        await shop.Store.LoseData("inventory");
        await shop.Store.Run("inventory");
        await shop.Tell("BOTH", true);
        await shop.StockOf(slugs[0], false);
        await shop.StockOf(slugs[1], true);
        Assert.Equal(name, (await shop.Get(slugs[0])).GetProperty("name").GetString());
        Assert.Single((await shop.Anybody.Get("/api/products?inStock=true")).Json.GetProperty("items").EnumerateArray());
    }
}
