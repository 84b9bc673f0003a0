using Stoa.Launcher;

namespace Stoa.Journeys;

/// <summary>What a person finds in the store that <c>stoa up</c> has filled.</summary>
public sealed class FilledStore(RunningStore store)
{
    private static readonly Catalogue Goods = Catalogue.Read(Repository.Find().Catalogue);

    [Fact]
    public async Task Sells_the_whole_demo_catalogue()
    {
        var shown = (await store.Gateway.Get("/api/categories")).Json.EnumerateArray() // other journeys add categories of their own
            .ToDictionary(category => category.GetProperty("slug").GetString()!, category => category.GetProperty("products").GetInt32());

        Assert.Equal(Goods.Products.CountBy(product => product.Category).ToDictionary(), Goods.Categories.ToDictionary(category => category.Slug, category => shown.GetValueOrDefault(category.Slug)));
    }

    [Fact]
    public async Task Received_the_opening_stock_of_each_variant_once()
    {
        var staff = await store.Staff();
        foreach (var variant in Goods.Products.TakeLast(5).SelectMany(product => product.Variants))
        {
            var movements = (await staff.Get($"/api/stock/{variant.Sku}/movements")).Json.GetProperty("items").EnumerateArray();
            var received = movements.Where(one => one.GetProperty("kind").GetString() == "adjustment"); // others may be buying meanwhile
            Assert.Equal(variant.Stock, received.Sum(one => one.GetProperty("quantity").GetInt32()));
        }
    }

    [Fact]
    public async Task Shows_a_picture_of_a_product()
    {
        var product = await store.Gateway.Get($"/api/products/{Goods.Products[0].Slug}");
        var picture = await store.Gateway.Get(new Uri(new Uri("http://shop"), product.Json.GetProperty("imageUrl").GetString()).PathAndQuery);

        Assert.Equal((200, "image/svg+xml"), (picture.Status, picture.ContentHeaders.ContentType?.MediaType));
    }

    [Fact]
    public async Task Is_filled_once()
    {
        var marker = await File.ReadAllTextAsync(Path.Combine(store.Data.FullPath, "catalogue"));
        Assert.Equal("done", marker);
    }
}
