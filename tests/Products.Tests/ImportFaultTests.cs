using System.Text;
using Stoa.Kit;

namespace Stoa.Products.Tests;

/// <summary>Files that are not as they should be: good lines land, bad ones are named by line and reason.</summary>
public sealed class ImportFaultTests(Market market) : IClassFixture<Market>
{
    private static readonly string Long = new('x', 300);

    [Fact]
    public async Task Twenty_and_more_kinds_of_faulty_lines_are_named_and_the_others_land()
    {
        await market.Staff.Post("/api/products", new { slug = "somebody-elses", name = "Else", variants = new[] { new { sku = "ELSE", price = Shop.Usd(1) } } });
        var lines = new List<string>();
        var expected = new List<string>();
        void Good(string line) => lines.Add(line);
        void Bad(string line, string reason)
        {
            expected.Add($"{lines.Sum(one => one.Count(letter => letter == '\n') + 1) + 2}: {reason}");
            lines.Add(line);
        }

        Good(Market.Simple("good-1"));
        Bad(Market.Simple("negative", "-1.00"), "Variant Price -1.00 is below zero");
        Bad(Market.Simple("comma", "\"12,50\""), "Variant Price \"12,50\" is not a price in USD, such as 12.50");
        Bad(Market.Simple("symbol", "$12.50"), "Variant Price \"$12.50\" is not a price in USD, such as 12.50");
        Bad(Market.Simple("tenths-of-a-cent", "12.505"), "Variant Price \"12.505\" is not a price in USD, such as 12.50");
        Bad(Market.Simple("no-price", ""), "Variant Price is missing");
        Bad(Market.Simple("too-dear", "100000001"), "Variant Price must be from 0 to 10000000000 minor units");
        Bad(Market.Simple(""), "Handle is missing");
        Good(Market.Line("good-2", ("Title", "\"Two\nlines\""), ("Variant Price", "1"), ("Body (HTML)", "\"a\n\nb \"\"quoted\"\"\"")));
        Bad(Market.Line("no-title", ("Variant Price", "1")), "Title is missing: the first line of a product names it");
        Bad(Market.Line("good-2", ("Option1 Value", "L"), ("Variant Price", "2")), "the handle good-2 began at line 10: a product's lines must follow one another");
        Bad(Market.Simple("Not_A_Handle"), "Handle must be 1 to 80 lower-case letters, digits and single hyphens, and neither a UUID nor \"export\"");
        Bad(Market.Line("long-title", ("Title", Long), ("Variant Price", "1")), "Title must be a text of 1 to 200 characters");
        Bad(Market.Simple("bad-sku", sku: "A/B"), "Variant SKU must be 1 to 100 characters, without white space at its ends and without / \\ % ,");
        Bad(Market.Simple("long-sku", sku: Long), "Variant SKU must be 1 to 100 characters, without white space at its ends and without / \\ % ,");
        Bad(Market.Simple("taken-sku", sku: "ELSE"), "the SKU ELSE belongs to another product");
        Good(Market.Simple("good-3", sku: "THREE"));
        Bad(Market.Simple("same-sku-in-file", sku: "THREE"), "the SKU THREE belongs to another product");
        Good(Market.Line("good-4", ("Title", "Four"), ("Option1 Name", "Size"), ("Option1 Value", "S"), ("Variant SKU", "F-S"), ("Variant Price", "1")));
        Bad(Market.Line("good-4", ("Option1 Value", "M"), ("Variant SKU", "F-S"), ("Variant Price", "1")), "the SKU F-S is line 23's already");
        Bad(Market.Line("good-4", ("Option1 Value", "S"), ("Variant SKU", "F-S2"), ("Variant Price", "1")), "chooses the same options as line 23");
        Bad(Market.Line("good-4", ("Variant SKU", "F-0"), ("Variant Price", "1")), "Option1 Value is missing: the product has the option Size");
        Bad(Market.Line("good-4", ("Option1 Value", "L"), ("Option2 Value", "Red"), ("Variant Price", "1")), "Option2 Value is given, but the product's first line has no Option2 Name");
        Bad(Market.Line("good-4", ("Tags", "lost")), "holds neither a variant nor a picture");
        Bad(Market.Line("good-4", ("Image Src", "javascript:alert(1)")), "Image Src must be an http(s) address without spaces");
        Bad(Market.Simple("stock").Replace(",10.00", "-3,10.00", StringComparison.Ordinal), "Variant Inventory Qty \"-3\" must be a whole number from 0 to 1,000,000,000");
        Bad(Market.Line("bad-picture", ("Title", "P"), ("Variant Price", "1"), ("Variant Image", "ftp://x")), "Variant Image must be an http(s) address or a path of this store");
        Bad(Market.Line("draft", ("Title", "D"), ("Variant Price", "1"), ("Status", "draft")), "Status is draft: the store shows every product that it has, so this one is left out");
        Bad(Market.Line("hidden", ("Title", "H"), ("Variant Price", "1"), ("Published", "FALSE")), "Published is false: the store shows every product that it has, so this one is left out");
        Bad(Market.Line("perhaps", ("Title", "P"), ("Variant Price", "1"), ("Published", "perhaps")), "Published must be true or false");
        Bad(Market.Line("gift", ("Title", "G"), ("Variant Price", "1"), ("Gift Card", "true")), "it is a gift card, which this store cannot sell");
        Bad("short,line", "has 2 fields where the first line names 23; a text with a comma stands in quotes");
        Bad(Market.Simple("long-line") + ",more", "has 24 fields where the first line names 23; a text with a comma stands in quotes");
        Bad(Market.Simple("after-quote").Replace("The after-quote", "\"The\" quote", StringComparison.Ordinal), "a quote is opened and never closed, or closed too early; a quote within a text is written twice");
        Bad(Market.Simple("unclosed").Replace("The ", "\"The ", StringComparison.Ordinal), "a quote is opened and never closed, or closed too early; a quote within a text is written twice");
        Good(Market.Simple("good-5"));
        Good("");
        Good(new string(',', 22));
        Bad(Market.Simple("latin-1").Replace("The", "Th\u00e9", StringComparison.Ordinal), "is not UTF-8; save the file as \"CSV UTF-8\"");
        Bad(Market.Simple("nul").Replace("The", "T\0e", StringComparison.Ordinal), "holds the character U+0000, which is no text");
        Bad(Market.Line("too-long", ("Title", new string('y', 300_000)), ("Variant Price", "1")), "is longer than 256 KiB");
        Good(Market.Simple("good-6"));
        var bytes = Encoding.Latin1.GetBytes(Market.File([.. lines])); // each line but the one is ASCII

        var reply = await market.Staff.Post("/api/products/import", Market.Csv(bytes));
        Assert.True(reply.Status == 200, reply.ToString());
        var report = Market.Read(reply);
        Assert.Equal(expected, report.Failed);
        Assert.Equal(expected.Count, reply.Json.GetProperty("failedLines").GetInt32());
        Assert.Equal((6, 0, 0), (report.Created, report.Updated, report.Unchanged));
        foreach (var number in Enumerable.Range(1, 6)) Assert.Equal(200, (await market.Staff.Get($"/api/products/good-{number}")).Status);
        Assert.Equal("a b \"quoted\"", (await market.Product("good-2")).GetProperty("description").GetString());

        var again = Market.Read(await market.Staff.Post("/api/products/import", Market.Csv(bytes)));
        Assert.Equal((0, 0, 6), (again.Created, again.Updated, again.Unchanged));
        Assert.Equal(expected, again.Failed);
    }

    [Fact]
    public async Task A_product_whose_first_line_is_wrong_takes_its_other_lines_with_it()
    {
        var report = await market.Import(Market.File(
            Market.Line("left-out", ("Option1 Name", "Size"), ("Option1 Value", "S"), ("Variant Price", "1")),
            Market.Line("left-out", ("Option1 Value", "M"), ("Variant Price", "1")),
            Market.Simple("behind-it")));

        Assert.Equal(["2: Title is missing: the first line of a product names it; the product's other lines, up to line 3, are left out with it"], report.Failed);
        Assert.Equal(1, report.Created);
    }

    [Fact]
    public async Task The_hundred_and_first_variant_is_named()
    {
        var lines = Enumerable.Range(1, 152).Select(number => Market.Line("many", ("Title", number == 1 ? "Many" : ""), ("Option1 Name", number == 1 ? "N" : ""), ("Option1 Value", $"{number}"), ("Variant Price", "1")));
        var report = await market.Import(Market.File([.. lines]));

        Assert.Equal(1, report.Created);
        Assert.Equal(52, report.Failed.Length);
        Assert.Equal("102: a product has at most 100 variants", report.Failed[0]);
        Assert.Equal("153: is one line too many for a product, which has at most 100 variants and 50 pictures", report.Failed[^1]);
        Assert.Equal(100, (await market.Product("many")).GetProperty("variants").GetArrayLength());
    }

    [Fact]
    public async Task A_thousand_faults_are_named_and_the_rest_counted()
    {
        var reply = await market.Send(Market.File([.. Enumerable.Range(1, 1_200).Select(number => Market.Simple($"faulty-{number}", "no"))]));

        Assert.Equal(1_000, reply.Json.GetProperty("failed").GetArrayLength());
        Assert.Equal(1_200, reply.Json.GetProperty("failedLines").GetInt32());
    }

    [Fact]
    public async Task Quotes_that_are_never_closed_cost_their_own_lines_up_to_a_hundred()
    {
        var reply = await market.Send(Market.File([.. Enumerable.Range(1, 150).Select(number => $"open-{number},\"never\"\"closed")]));

        Assert.Equal(200, reply.Status);
        Assert.Contains("more than 100 records are broken: nothing behind this line was read", reply.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uFEFF", "\n")]
    [InlineData("", "\r\n")]
    public async Task Byte_order_marks_and_both_ends_of_lines_are_read(string begin, string end)
    {
        var handle = "ends-" + (end.Length + begin.Length * 10);
        var report = await market.Import(begin + Market.File(Market.Simple(handle)).Replace("\n", end, StringComparison.Ordinal));

        Assert.Equal(1, report.Created);
        Assert.Empty(report.Failed);
    }

    [Fact]
    public async Task A_last_line_without_an_end_is_read() => Assert.Equal(1, (await market.Import(Market.File(Market.Simple("no-end")).TrimEnd('\n'))).Created);

    [Theory]
    [InlineData("", "The file is empty: its first line must name the columns.")]
    [InlineData("Title,Variant Price\nMug,3\n", "The first line must name the columns, and Handle is not among them.")]
    [InlineData("mug,Jug,3\n", "The first line must name the columns, and Handle is not among them.")]
    [InlineData("Handle;Title;Variant Price\nmug;Mug;3\n", "The first line must name the columns, separated by commas; this one has another separator.")]
    [InlineData("Handle,Title,Variant Price,Title\n", "The first line names the column Title twice.")]
    [InlineData("Handle,\"Title,Variant Price\n", "The first line cannot be read: a quote is opened and never closed, or closed too early; a quote within a text is written twice.")]
    public async Task Refuses_a_file_that_is_no_such_file(string file, string reason)
    {
        var reply = await market.Send(file);

        Assert.Equal((422, "validation"), (reply.Status, reply.Code));
        Assert.Equal(reason, reply.Json.GetProperty("errors").GetProperty("header")[0].GetString());
    }

    [Fact]
    public async Task Refuses_UTF_16() => Assert.Equal(422, (await market.Staff.Post("/api/products/import", Market.Csv(Encoding.Unicode.GetBytes("\uFEFF" + Market.File(Market.Simple("wide")))))).Status);

    [Fact]
    public async Task A_file_with_columns_alone_changes_nothing()
    {
        var report = await market.Import(Market.Header);
        Assert.Equal((0, 0, 0), (report.Created, report.Updated, report.Unchanged));
        Assert.Empty(report.Failed);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/csv; charset=iso-8859-1")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Takes_text_csv_alone(string type)
    {
        var reply = await market.Send(Market.File(), type);
        Assert.Equal((415, "unsupported_media_type"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Is_for_staff()
    {
        var products = market.Store.Api("products");
        var shopper = market.Store.Tokens.Customer(Guid.Parse("01900000-0000-7000-8000-0000000000a1"));
        Assert.Equal(401, (await products.Post("/api/products/import", Market.Csv([]))).Status);
        Assert.Equal(403, (await products.As(shopper).Post("/api/products/import", Market.Csv([]))).Status);
        Assert.Equal(401, (await products.Get("/api/products/export")).Status);
        Assert.Equal(403, (await products.As(shopper).Get("/api/products/export")).Status);
    }
}
