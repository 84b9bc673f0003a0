using System.Net;
using System.Text;
using System.Text.Json;
using Stoa.Kit;

namespace Stoa.Products.Tests;

/// <summary>What a CSV file makes of the catalogue.</summary>
public sealed class ImportTests(Market market) : IClassFixture<Market>
{
    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(one => one.GetString()!)];

    [Fact]
    public async Task A_product_is_made_of_all_lines_with_its_handle()
    {
        var report = await market.Import(Market.File(
            Market.Line("coat", ("Title", "Wool coat"), ("Body (HTML)", "<p>Warm.</p><p>Dry clean.</p>"), ("Type", "Coats & jackets"), ("Tags", "\"wool, winter,  wool\""), ("Published", "TRUE"),
                ("Option1 Name", "Size"), ("Option1 Value", "S"), ("Option2 Name", "Colour"), ("Option2 Value", "Red"), ("Option3 Name", "Lining"), ("Option3 Value", "Silk"),
                ("Variant SKU", "COAT-1"), ("Variant Price", "199.90"), ("Image Src", "https://pictures.example/b.jpg"), ("Image Position", "2"), ("SEO Description", "A coat."), ("Status", "active")),
            Market.Line("coat", ("Option1 Value", "M"), ("Option2 Value", "Red"), ("Option3 Value", "Silk"), ("Variant Price", "209.9"), ("Variant Image", "https://pictures.example/m.jpg"), ("Image Src", "https://pictures.example/a.jpg"), ("Image Position", "1")),
            Market.Line("coat", ("Image Src", "https://pictures.example/c.jpg"), ("Image Position", "3")),
            Market.Simple("scarf", "20")));

        Assert.Equal((2, 0, 0), (report.Created, report.Updated, report.Unchanged));
        Assert.Empty(report.Failed);
        var coat = await market.Product("coat");
        Assert.Equal("Wool coat", coat.GetProperty("name").GetString());
        Assert.Equal("A coat.", coat.GetProperty("summary").GetString());
        Assert.Equal("Warm.\n\nDry clean.", coat.GetProperty("description").GetString());
        Assert.Equal("coats-jackets", coat.GetProperty("category").GetString());
        Assert.Equal(["wool", "winter"], Texts(coat.GetProperty("tags")));
        Assert.Equal(["https://pictures.example/a.jpg", "https://pictures.example/b.jpg", "https://pictures.example/c.jpg"], Texts(coat.GetProperty("images")));
        Assert.Equal("""[{"name":"Size","values":["S","M"]},{"name":"Colour","values":["Red"]},{"name":"Lining","values":["Silk"]}]""", coat.GetProperty("options").GetRawText());
        Assert.Equal("""
            [{"sku":"COAT-1","name":"Wool coat, S, Red, Silk","price":{"amount":19990,"currency":"USD"},"inStock":false,"options":{"Size":"S","Colour":"Red","Lining":"Silk"},"imageUrl":null},{"sku":"coat-m-red-silk","name":"Wool coat, M, Red, Silk","price":{"amount":20990,"currency":"USD"},"inStock":false,"options":{"Size":"M","Colour":"Red","Lining":"Silk"},"imageUrl":"https://pictures.example/m.jpg"}]
            """, coat.GetProperty("variants").GetRawText());
        Assert.Equal("""[]""", (await market.Product("scarf")).GetProperty("options").GetRawText());
        Assert.Equal(["The scarf"], Shop.Names((await market.Staff.Get("/api/products?search=scarf")).Json));
        Assert.Equal(["Wool coat"], Shop.Names((await market.Staff.Get("/api/products?search=winter")).Json));
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        var file = Market.File(
            Market.Line("stool", ("Title", "Stool"), ("Body (HTML)", "\"<ul><li>Oak</li>\n<li>Oiled</li></ul>\""), ("Option1 Name", "Seat"), ("Option1 Value", "Low"), ("Variant Price", "80.00"), ("Variant Inventory Qty", "7"), ("Tags", "wood")),
            Market.Line("stool", ("Option1 Value", "High"), ("Variant Price", "90.00"), ("Variant Inventory Qty", "5")),
            Market.Simple("bench", "300"));
        Assert.Equal((2, 0, 0), Counts(await market.Import(file)));
        Assert.Equal(7, await market.OnHand("stool-low"));
        await Eventually.Is(async () => (await market.Product("stool")).GetProperty("variants").EnumerateArray().All(one => one.GetProperty("inStock").GetBoolean()), "stools in stock");
        var before = await market.Product("stool");

        Assert.Equal((0, 0, 2), Counts(await market.Import(file)));
        Assert.Equal(before.GetRawText(), (await market.Product("stool")).GetRawText());
        Assert.Equal((0, 1, 1), Counts(await market.Import(file.Replace("90.00", "95.00", StringComparison.Ordinal).Replace(",7,", ",70,", StringComparison.Ordinal))));
        Assert.Equal(2, (await market.Product("stool")).GetProperty("version").GetInt32());
        await market.Import(Market.File(Market.Simple("behind-the-stools")));
        await market.OnHand("behind-the-stools"); // so Inventory has read what stands before it
        Assert.Equal((7, 5), (await market.OnHand("stool-low"), await market.OnHand("stool-high")));
    }

    [Fact]
    public async Task Opening_stock_is_for_new_SKUs_alone()
    {
        await market.Import(Market.File(Market.Simple("jug", sku: "JUG")));
        Assert.Equal(0, await market.OnHand("JUG"));
        var file = Market.File(
            Market.Line("jug", ("Title", "Jug"), ("Option1 Name", "Size"), ("Option1 Value", "1 l"), ("Variant SKU", "JUG"), ("Variant Price", "12"), ("Variant Inventory Qty", "9")),
            Market.Line("jug", ("Option1 Value", "2 l"), ("Variant SKU", "JUG-2"), ("Variant Price", "16"), ("Variant Inventory Qty", "4")));
        Assert.Equal((0, 1, 0), Counts(await market.Import(file)));

        Assert.Equal(4, await market.OnHand("JUG-2"));
        Assert.Equal(0, await market.OnHand("JUG"));
        var movements = await market.Store.Api("inventory").As(market.Store.Tokens.Staff(Shop.Clerk)).Get("/api/stock/JUG-2/movements");
        Assert.Contains("\"reason\":\"Opening stock\"", movements.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task E7_Opening_stock_waits_for_an_Inventory_that_is_away()
    {
        await using var store = new Market();
        await store.InitializeAsync();
        await store.Store.Stop("inventory");
        await store.Import(Market.File(Market.Line("lamp", ("Title", "Lamp"), ("Variant SKU", "LAMP"), ("Variant Price", "50"), ("Variant Inventory Qty", "3"))));
        await store.Import(Market.File(Market.Line("lamp", ("Title", "Lamp"), ("Variant SKU", "LAMP"), ("Variant Price", "60"), ("Variant Inventory Qty", "3"))));
        // What compaction leaves of the two events: the later one.
        await store.Store.Get<Kernel.Database>("products").Write(tx => tx.Execute("UPDATE event_log SET data = NULL WHERE position < (SELECT MAX(position) FROM event_log)"));

        await store.Store.Run("inventory");
        Assert.Equal(3, await store.OnHand("LAMP"));
    }

    [Fact]
    public async Task What_the_file_has_no_column_for_stays()
    {
        await market.Import(Market.File(Market.Line("vase", ("Title", "Vase"), ("Body (HTML)", "Clay."), ("Type", "Clay"), ("Tags", "a"), ("Variant SKU", "VASE"), ("Variant Price", "5"),
            ("Image Src", "https://pictures.example/v.jpg"), ("Variant Image", "https://pictures.example/w.jpg"), ("SEO Description", "For flowers."))));
        var before = await market.Product("vase");

        Assert.Equal((0, 1, 0), Counts(await market.Import("Handle,Title,Variant SKU,Variant Price\nvase,Vase,VASE,6\n")));
        var after = await market.Product("vase");
        foreach (var field in (string[])["summary", "description", "category", "tags", "images"]) Assert.Equal(before.GetProperty(field).GetRawText(), after.GetProperty(field).GetRawText());
        Assert.Equal("https://pictures.example/w.jpg", after.GetProperty("variants")[0].GetProperty("imageUrl").GetString());
    }

    [Fact]
    public async Task A_product_with_a_line_that_cannot_be_used_loses_no_variant()
    {
        string[] lines =
        [
            Market.Line("shirt", ("Title", "Shirt"), ("Option1 Name", "Size"), ("Option1 Value", "S"), ("Variant SKU", "SHIRT-S"), ("Variant Price", "30")),
            Market.Line("shirt", ("Option1 Value", "M"), ("Variant SKU", "SHIRT-M"), ("Variant Price", "30")),
            Market.Line("shirt", ("Option1 Value", "L"), ("Variant SKU", "SHIRT-L"), ("Variant Price", "30")),
        ];
        await market.Import(Market.File(lines));
        var report = await market.Import(Market.File(lines[0].Replace("30", "33", StringComparison.Ordinal), lines[1].Replace("30", "thirty", StringComparison.Ordinal), lines[2]));

        Assert.Equal(["3: Variant Price \"thirty\" is not a price in USD, such as 12.50"], report.Failed);
        Assert.Equal(["SHIRT-S 3300", "SHIRT-L 3000", "SHIRT-M 3000"], (await market.Product("shirt")).GetProperty("variants").EnumerateArray()
            .Select(one => $"{one.GetProperty("sku").GetString()} {one.GetProperty("price").GetProperty("amount").GetInt64()}"));
        Assert.Equal((0, 1, 0), Counts(await market.Import(Market.File(lines[0], lines[2]))));
        Assert.Equal(2, (await market.Product("shirt")).GetProperty("variants").GetArrayLength());
    }

    [Fact]
    public async Task An_import_that_broke_off_is_simply_sent_again()
    {
        await using var store = new Market();
        await store.InitializeAsync();
        string[] lines = [.. Enumerable.Range(1, 350).Select(number => Market.Line($"thing-{number}", ("Title", "Thing"), ("Variant Price", "1"), ("Variant SKU", $"T-{number}"), ("Variant Inventory Qty", "2")))];
        var held = new HeldContent(Market.File(lines[..250]));
        var broken = store.Staff.Post("/api/products/import", held);
        await Eventually.Is(async () => (await store.Product("thing-1")).TryGetProperty("id", out _), "the first chunk");
        Assert.Equal(201, (await store.Staff.Post("/api/products", new { name = "Meanwhile", variants = new[] { new { sku = "MEANWHILE", price = Shop.Usd(1) } } })).Status);

        held.BreakOff();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => broken);
        await store.Store.Stop("products");
        await store.Store.Run("products");

        var report = await store.Import(Market.File(lines));
        Assert.Equal(350, report.Created + report.Unchanged);
        Assert.InRange(report.Unchanged, 1, 250);
        Assert.Empty(report.Failed);
        Assert.Equal(2, await store.OnHand("T-1"));
        Assert.Equal(2, await store.OnHand("T-350"));
        Assert.Equal((0, 0, 350), Counts(await store.Import(Market.File(lines))));
    }

    [Theory]
    [InlineData("<script>alert(1)</script><p onclick=\"x()\">Fine <b>linen</b></p>", "Fine linen")]
    [InlineData("a<br>b<br/>c", "a\nb\nc")]
    [InlineData("<ul><li>one</li><li>two</li></ul>end", "• one\n• two\n\nend")]
    [InlineData("<h2>Care</h2>\n  <p>Wash&nbsp;cold &amp; dry</p>", "Care\n\nWash\u00a0cold & dry")]
    [InlineData("5 < 6 and <unclosed", "5 < 6 and")]
    [InlineData("<img src=x onerror=alert(1)>text<iframe src='https://evil.example'>in</iframe>", "text")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>")]
    public void Markup_becomes_text(string html, string text) => Assert.Equal(text, HtmlText.FromHtml(html));

    [Fact]
    public void Markup_may_nest_as_deep_as_it_likes() =>
        Assert.Equal("deep", HtmlText.FromHtml(string.Concat(Enumerable.Repeat("<div title='>'>", 50_000)) + "deep"));

    private static (int, int, int) Counts((int Created, int Updated, int Unchanged, string[] Failed) report)
    {
        Assert.Empty(report.Failed);
        return (report.Created, report.Updated, report.Unchanged);
    }

    /// <summary>A body whose end never comes.</summary>
    private sealed class HeldContent : HttpContent
    {
        private readonly byte[] _begin;
        private readonly TaskCompletionSource _end = new();

        public HeldContent(string begin)
        {
            _begin = Encoding.UTF8.GetBytes(begin);
            Headers.TryAddWithoutValidation("Content-Type", "text/csv");
        }

        public void BreakOff() => _end.TrySetException(new IOException("the line is cut"));

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_begin);
            await stream.FlushAsync();
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
