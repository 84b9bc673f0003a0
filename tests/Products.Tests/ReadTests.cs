using System.Text.Json;
using Stoa.Contracts;
using Stoa.Kit;

namespace Stoa.Products.Tests;

/// <summary>What anybody reads: one product, and lists filtered, ordered and paged.</summary>
public sealed class ReadTests(Shop shop)
{
    [Fact]
    public async Task One_product_by_slug_and_by_id_with_an_etag()
    {
        var made = await shop.Make(shop.Single("Thing " + shop.Word()));
        var bySlug = await shop.Anybody.Get("/api/products/" + made.GetProperty("slug").GetString());
        var byId = await shop.Anybody.Get("/api/products/" + made.GetProperty("id").GetString());
        Assert.Equal(bySlug.Body, byId.Body);
        Assert.Equal("public, max-age=1", bySlug.Header("Cache-Control"));
        Assert.Equal("application/json; charset=utf-8", bySlug.Header("Content-Type"));
        var known = await shop.Anybody.Get("/api/products/" + made.GetProperty("slug").GetString(), ("If-None-Match", bySlug.Header("ETag")!));
        Assert.Equal((304, "", bySlug.Header("ETag")), (known.Status, known.Body, known.Header("ETag")));
    }

    [Fact]
    public async Task A_cache_is_told_which_of_its_products_are_still_as_their_tags_say()
    {
        var (same, changed) = (await shop.Make(shop.Single("Same " + shop.Word())), await shop.Make(shop.Single("Changed " + shop.Word())));
        HeldProduct[] held = [await Held(same), await Held(changed), new("no-such-thing", "\"1-1\"")];
        await shop.Staff.Put("/api/products/" + changed.GetProperty("id").GetString(), shop.Single("Changed now", slug: held[1].Slug), headers: ("If-Match", held[1].Tag));

        var told = await shop.Store.Internal("products").Post("/internal/products/confirmations", held);

        Assert.Equal([held[0].Slug], told.Json.EnumerateArray().Select(one => one.GetString()));
        Assert.Equal((422, "validation"), Both(await shop.Store.Internal("products").Post("/internal/products/confirmations", Enumerable.Repeat(held[0], HeldProduct.Most + 1))));

        async Task<HeldProduct> Held(JsonElement product)
        {
            var slug = product.GetProperty("slug").GetString()!;
            return new(slug, (await shop.Anybody.Get("/api/products/" + slug)).Header("ETag")!);
        }
    }

    [Fact]
    public async Task What_is_not_there_is_product_not_found()
    {
        Assert.Equal((404, "product_not_found"), Both(await shop.Anybody.Get("/api/products/no-such-thing")));
        Assert.Equal((404, "product_not_found"), Both(await shop.Anybody.Get("/api/products/01900000-0000-7000-8000-000000000001")));
        Assert.Equal((404, "product_not_found"), Both(await shop.Anybody.Get("/api/products/" + new string('x', 3000))));
    }

    [Fact]
    public async Task What_is_in_stock_changes_the_etag_and_both_answers()
    {
        var (category, sku) = (shop.Word("c-"), shop.Word("SKU-"));
        var slug = (await shop.Make(shop.Single("Thing " + category, category: category, sku: sku))).GetProperty("slug").GetString()!;
        var before = await shop.Anybody.Get("/api/products/" + slug);
        await shop.Tell(sku, true);
        await shop.StockOf(slug, true);
        var after = await shop.Anybody.Get("/api/products/" + slug, ("If-None-Match", before.Header("ETag")!));
        Assert.True(after.Json.GetProperty("inStock").GetBoolean());
        Assert.True((await shop.Anybody.Get("/api/products?category=" + category)).Json.GetProperty("items")[0].GetProperty("variants")[0].GetProperty("inStock").GetBoolean());
        await shop.Tell(sku, false);
        await shop.StockOf(slug, false);
    }

    [Fact]
    public async Task Stock_that_was_told_of_before_the_product_came_is_kept()
    {
        var (sku, marker) = (shop.Word("SKU-"), shop.Word("SKU-"));
        var slug = (await shop.Make(shop.Single("Marker", sku: marker))).GetProperty("slug").GetString()!;
        await shop.Tell(sku, true);
        await shop.Tell(marker, true);
        await shop.StockOf(slug, true);
        Assert.True((await shop.Make(shop.Single("Late", sku: sku))).GetProperty("inStock").GetBoolean());
    }

    [Fact]
    public async Task Filters_by_category_price_and_stock()
    {
        var (category, sku) = (shop.Word("c-"), shop.Word("SKU-"));
        var slug = (await shop.Make(shop.Single("A", 100, category, sku: sku))).GetProperty("slug").GetString()!;
        await shop.Make(shop.Single("B", 200, category));
        await shop.Make(shop.Single("C", 300, category));
        await shop.Make(shop.Single("D", 200, shop.Word("other-")));
        await shop.Tell(sku, true);
        await shop.StockOf(slug, true);
        Assert.Equal(["C", "B", "A"], await shop.Names($"category={category}"));
        Assert.Equal(["C", "B"], await shop.Names($"category={category}&minPrice=200"));
        Assert.Equal(["B", "A"], await shop.Names($"category={category}&maxPrice=200"));
        Assert.Equal(["B"], await shop.Names($"category={category}&minPrice=150&maxPrice=299"));
        Assert.Empty(await shop.Names($"category={category}&minPrice=299&maxPrice=150"));
        Assert.Equal(["A"], await shop.Names($"category={category}&inStock=true"));
        Assert.Equal(["C", "B"], await shop.Names($"category={category}&inStock=false"));
        Assert.Empty(await shop.Names("category=no-such-category"));
    }

    [Theory]
    [InlineData("", "Éclair,banana,Cherry,apple")]
    [InlineData("&sort=newest", "Éclair,banana,Cherry,apple")]
    [InlineData("&sort=relevance", "Éclair,banana,Cherry,apple")]
    [InlineData("&sort=price", "Cherry,apple,banana,Éclair")]
    [InlineData("&sort=-price", "Éclair,banana,apple,Cherry")]
    [InlineData("&sort=name", "apple,banana,Cherry,Éclair")]
    public async Task Orders_by_what_is_asked(string sort, string expected)
    {
        var category = shop.Word("c-");
        foreach (var (name, price) in ((string, long)[])[("apple", 200), ("Cherry", 100), ("banana", 200), ("Éclair", 300)])
            await shop.Make(shop.Single(name, price, category));
        Assert.Equal(expected.Split(','), await shop.Names($"category={category}{sort}"));
    }

    [Theory]
    [InlineData("newest", false)]
    [InlineData("price", false)]
    [InlineData("-price", false)]
    [InlineData("name", false)]
    [InlineData("relevance", true)]
    [InlineData("price", true)]
    public async Task Walks_all_pages_meeting_each_product_once_while_others_are_added(string sort, bool searches)
    {
        var (category, word) = (shop.Word("c-"), shop.Word("word"));
        var made = new List<string>();
        for (var i = 0; i < 11; i++)
        {
            var name = $"{word} {string.Join(' ', Enumerable.Repeat(i % 3 == 0 ? word : "filler", i % 4))} {i}";
            made.Add(name);
            await shop.Make(shop.Single(name, 100 + (i % 3), category, summary: i % 2 == 0 ? word : null));
        }

        var path = $"/api/products?limit=2&sort={sort}&category={category}" + (searches ? "&search=" + word : "");
        var (seen, cursor, added) = (new List<string>(), (string?)null, 0);
        do
        {
            var page = (await shop.Anybody.Get(path + (cursor is null ? "" : "&cursor=" + cursor))).Json;
            seen.AddRange(Shop.Names(page));
            cursor = page.GetProperty("nextCursor").GetString();
            await shop.Make(shop.Single($"{word} added {added}", 50 + (added++ * 30), category, summary: word));
        }
        while (cursor is not null && added < 30);

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Empty(made.Except(seen));
    }

    [Theory]
    [InlineData("&sort=price")]
    [InlineData("&minPrice=1")]
    [InlineData("&inStock=false")]
    [InlineData("&search=thing")]
    public async Task Refuses_a_cursor_of_another_order_or_other_filters(string other)
    {
        var category = shop.Word("c-");
        for (var i = 0; i < 3; i++) await shop.Make(shop.Single($"thing {i}", 100, category));
        var cursor = (await shop.Anybody.Get($"/api/products?category={category}&limit=1")).Json.GetProperty("nextCursor").GetString();
        Assert.Equal(200, (await shop.Anybody.Get($"/api/products?category={category}&limit=2&cursor={cursor}")).Status);
        Assert.Equal((400, "malformed"), Both(await shop.Anybody.Get($"/api/products?category={category}&cursor={cursor}{other}")));
    }

    [Theory]
    [InlineData("limit=0", 400, "malformed")]
    [InlineData("limit=-1", 400, "malformed")]
    [InlineData("limit=101", 400, "malformed")]
    [InlineData("cursor=WyJuZXdlc3QiXQ", 400, "malformed")]
    [InlineData("cursor=nonsense", 400, "malformed")]
    [InlineData("minPrice=cheap", 400, "malformed")]
    [InlineData("minPrice=1.5", 400, "malformed")]
    [InlineData("minPrice=99999999999999999999", 400, "malformed")]
    [InlineData("inStock=maybe", 400, "malformed")]
    [InlineData("search=a%00b", 400, "malformed")]
    [InlineData("search=%C3%28", 400, "malformed")]
    [InlineData("minPrice=-1", 422, "validation")]
    [InlineData("sort=random", 422, "validation")]
    public async Task Refuses_a_query_that_is_none(string query, int status, string code) =>
        Assert.Equal((status, code), Both(await shop.Anybody.Get("/api/products?" + query)));

    [Fact]
    public async Task The_same_list_reads_the_same_and_says_how_long_it_may_be_kept()
    {
        var reply = await shop.Anybody.Get("/api/products?limit=1");
        Assert.Equal("public, max-age=1", reply.Header("Cache-Control"));
        Assert.Equal(JsonValueKind.Array, reply.Json.GetProperty("items").ValueKind);
    }

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
