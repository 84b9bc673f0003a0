using System.Text.Json;
using System.Text.Json.Nodes;
using Stoa.Kit;

namespace Stoa.Products.Tests;

/// <summary>The catalogue as a file, and the same catalogue made of it.</summary>
public sealed class ExportTests
{
    private static readonly string[] Odd =
    [
        "One.\n\nTwo.\nThree.", "Three\n\n\nlines apart", "  indented\tand  spaced ", "<b>not</b> markup & \"quotes\", commas", "ends\r\nof DOS\r\n\r\nlines", "a\u00a0b — ünï ✓ 🏺", "&amp; &lt;", "• one\n• two",
    ];

    [Fact]
    public async Task An_empty_store_that_takes_it_holds_the_same_catalogue()
    {
        await using var from = new Market();
        await from.InitializeAsync();
        var made = await Fill(from);
        var file = await from.Staff.Get("/api/products/export");
        Assert.Equal("text/csv; charset=utf-8", file.Header("Content-Type"));
        Assert.StartsWith("Handle,Title,Body (HTML),", file.Body, StringComparison.Ordinal);
        await using var to = new Market();
        await to.InitializeAsync();

        var report = await to.Import(file.Body);
        Assert.Empty(report.Failed);
        Assert.Equal((made, 0, 0), (report.Created, report.Updated, report.Unchanged));
        await InStock(to);
        Assert.Equal(await All(from), await All(to));
        Assert.Equal((await from.Staff.Get("/api/categories")).Body, (await to.Staff.Get("/api/categories")).Body);
        Assert.Equal(file.Body, (await to.Staff.Get("/api/products/export")).Body);
        Assert.Equal((0, 0, made), Counts(await from.Import(file.Body)));
    }

    [Fact]
    public async Task An_empty_catalogue_is_a_line_of_columns()
    {
        await using var market = new Market();
        await market.InitializeAsync();
        Assert.Equal(string.Join(',', CsvColumns.Exported) + "\n", (await market.Staff.Get("/api/products/export")).Body);
    }

    [Fact]
    public async Task Is_refused_while_Inventory_is_away()
    {
        await using var market = new Market();
        await market.InitializeAsync();
        await market.Import(Market.File(Market.Simple("alone")));
        await market.Store.Stop("inventory");
        var reply = await market.Staff.Get("/api/products/export");
        Assert.Equal((503, "temporarily_unavailable"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task No_product_takes_its_address()
    {
        await using var market = new Market();
        await market.InitializeAsync();
        var named = await market.Staff.Post("/api/products", new { name = "Export", variants = new[] { new { sku = "EXP", price = Shop.Usd(1) } } });
        Assert.Equal("p-exp", named.Json.GetProperty("slug").GetString());
        Assert.Equal(422, (await market.Staff.Post("/api/products", new { slug = "export", name = "E", variants = new[] { new { sku = "EXP-2", price = Shop.Usd(1) } } })).Status);
    }

    /// <summary>The demo catalogue, and products that no CSV file of another shop would hold.</summary>
    private static async Task<int> Fill(Market market)
    {
        var catalogue = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "catalogue", "catalogue.json")));
        var names = catalogue.GetProperty("categories").EnumerateArray().ToDictionary(one => one.GetProperty("slug").GetString()!, one => one.GetProperty("name").GetString());
        var products = catalogue.GetProperty("products").EnumerateArray().Select(product => Sent(product, names)).Concat(Odd.Select(OddOne)).ToList();
        foreach (var product in products)
        {
            var reply = await market.Staff.Post("/api/products", product);
            Assert.True(reply.Status == 201, reply.ToString());
        }

        foreach (var sku in (string[])["ODD-0-A", "ODD-1-A"])
        {
            await market.OnHand(sku);
            Assert.Equal(201, (await market.Store.Api("inventory").As(market.Store.Tokens.Staff(Shop.Clerk)).Post($"/api/stock/{sku}/adjustments", new { delta = 5, reason = "Counted" }, key: sku)).Status);
        }

        await InStock(market);
        return products.Count;
    }

    private static Task InStock(Market market) => Eventually.Get(
        async () => (await market.Staff.Get("/api/products?inStock=true")).Json.GetProperty("items").GetArrayLength(), count => count == 2, "two products in stock");

    private static object Sent(JsonElement product, Dictionary<string, string?> names) => new
    {
        slug = product.GetProperty("slug").GetString(),
        name = product.GetProperty("name").GetString(),
        summary = product.GetProperty("summary").GetString(),
        description = product.GetProperty("description").GetString(),
        category = new { slug = product.GetProperty("category").GetString(), name = names[product.GetProperty("category").GetString()!] },
        options = product.GetProperty("options"),
        variants = product.GetProperty("variants").EnumerateArray().Select(variant => new
        {
            sku = variant.GetProperty("sku").GetString(),
            name = variant.GetProperty("name").GetString(),
            price = Shop.Usd(variant.GetProperty("price").GetInt64()),
            options = variant.GetProperty("options"),
        }),
    };

    private static object OddOne(string description, int number) => new
    {
        name = $"Odd, \"number\" {number}",
        description,
        summary = "Says\ntwo lines.",
        category = new { slug = $"odd-{number % 3}", name = $"Odd & {number % 3}" },
        tags = new[] { "odd", $"{number}" },
        imageUrl = "/pictures/x.svg",
        images = new[] { "https://pictures.example/1.png", "https://pictures.example/2.png", "https://pictures.example/3.png" },
        options = Options(number),
        variants = new[] { Variant(number, "A", "Blue"), Variant(number, "B", "Red") },
    };

    /// <summary>Values in an order of their own, one that no variant has, and the name that elsewhere means "no options".</summary>
    private static object[] Options(int number) =>
        [new { name = number == 0 ? "Title" : "Colour", values = new[] { "Red", "Blue", "Green" } }, .. "WXYZ".Select(letter => new { name = $"{letter}", values = new[] { "1" } })];

    private static object Variant(int number, string letter, string colour) => new
    {
        sku = $"ODD-{number}-{letter}",
        name = letter == "A" ? "A name of its own" : null,
        price = Shop.Usd(100 + number),
        options = new Dictionary<string, string> { [number == 0 ? "Title" : "Colour"] = colour, ["W"] = "1", ["X"] = "1", ["Y"] = "1", ["Z"] = "1" },
        imageUrl = letter == "A" ? null : "/pictures/b.svg",
    };

    /// <summary>Every product, in the order of the list, without what is the store's own: ids, times and versions.</summary>
    private static async Task<List<string>> All(Market market)
    {
        var (all, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = (await market.Staff.Get("/api/products?limit=100" + (cursor is null ? "" : "&cursor=" + cursor))).Json;
            foreach (var item in page.GetProperty("items").EnumerateArray()) all.Add(await One(market, item.GetProperty("slug").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        return all;
    }

    private static async Task<string> One(Market market, string slug)
    {
        var product = JsonNode.Parse((await market.Staff.Get("/api/products/" + slug)).Body)!.AsObject();
        foreach (var own in (string[])["id", "createdAt", "version"]) Assert.True(product.Remove(own));
        return product.ToJsonString();
    }

    private static (int, int, int) Counts((int Created, int Updated, int Unchanged, string[] Failed) report)
    {
        Assert.Empty(report.Failed);
        return (report.Created, report.Updated, report.Unchanged);
    }
}
