using System.Text.Json;
using Stoa.Kit;

namespace Stoa.Products.Tests;

/// <summary>The demo catalogue in a store of its own: it fits, and a shopper finds things in it.</summary>
public sealed class DemoCatalogueTests(DemoCatalogueTests.Filled filled) : IClassFixture<DemoCatalogueTests.Filled>
{
    public sealed class Filled : IAsyncLifetime
    {
        public TestStore Store { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Store = await TestStore.Start([("products", Program.Build)]);
            var catalogue = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "catalogue", "catalogue.json")));
            var staff = Store.Api("products").As(Store.Tokens.Staff(Shop.Clerk));
            foreach (var product in catalogue.GetProperty("products").EnumerateArray())
            {
                var reply = await staff.Post("/api/products", Sent(product));
                Assert.True(reply.Status == 201, reply.ToString());
            }
        }

        public ValueTask DisposeAsync() => Store.DisposeAsync();

        private static object Sent(JsonElement product) => new
        {
            slug = product.GetProperty("slug").GetString(),
            name = product.GetProperty("name").GetString(),
            summary = product.GetProperty("summary").GetString(),
            description = product.GetProperty("description").GetString(),
            category = product.GetProperty("category").GetString(),
            options = product.GetProperty("options"),
            variants = product.GetProperty("variants").EnumerateArray().Select(variant => new
            {
                sku = variant.GetProperty("sku").GetString(),
                name = variant.GetProperty("name").GetString(),
                price = Shop.Usd(variant.GetProperty("price").GetInt64()),
                options = variant.GetProperty("options"),
            }),
        };
    }

    private async Task<string[]> Names(string query) => Shop.Names((await filled.Store.Api("products").Get("/api/products?" + query)).Json);

    [Theory]
    [InlineData("lamp", "lamp")]
    [InlineData("LAMPS", "lamp")]
    [InlineData("linen", "linen")]
    [InlineData("mug", "mug")]
    [InlineData("candles", "candle")]
    public async Task What_is_named_by_the_word_comes_first(string search, string word) =>
        Assert.Contains(word, (await Names("search=" + search))[0], StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task Every_product_is_met_once_on_the_way_through_all_pages()
    {
        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = (await filled.Store.Api("products").Get("/api/products?sort=name&limit=7" + (cursor is null ? "" : "&cursor=" + cursor))).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("slug").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        Assert.True(seen.Count >= 60);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }
}
