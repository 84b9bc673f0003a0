using Stoa.Kit;

namespace Stoa.Products.Tests;

/// <summary>Search as a shopper feels it.</summary>
public sealed class SearchTests(Shop shop)
{
    private async Task<string[]> Found(string search, string category) =>
        await shop.Names($"search={Uri.EscapeDataString(search)}&category={category}");

    [Fact]
    public async Task Ranks_the_name_over_labels_over_the_summary_over_the_description()
    {
        var word = shop.Word();
        await shop.Make(shop.Single("In its description", description: $"Goes well with a {word}."));
        await shop.Make(shop.Single("In its summary", summary: $"Goes well with a {word}."));
        await shop.Make(shop.Single("In its category", category: word));
        await shop.Make(shop.Single($"The {word}"));
        for (var i = 0; i < 8; i++) await shop.Make(shop.Single("Something else"));
        Assert.Equal([$"The {word}", "In its category", "In its summary", "In its description"], await shop.Names("search=" + word));
    }

    [Fact]
    public async Task Ranks_the_newest_of_a_word_that_is_in_tens_of_thousands()
    {
        var word = shop.Word();
        await shop.Make(shop.Single("In its summary", summary: $"Goes well with a {word}."));
        await shop.Make(shop.Single($"The {word}"));
        await shop.Database.Write(tx => tx.Execute($"""
            WITH RECURSIVE older (number) AS (SELECT -1 UNION ALL SELECT number - 1 FROM older WHERE number > -50001)
            INSERT INTO product_words ({(tx.Dialect.Name == "sqlite" ? "rowid, name" : "number, words")})
            SELECT number, {(tx.Dialect.Name == "sqlite" ? "@word" : "to_tsvector('stoa', @word)")} FROM older
            """, new { word }));
        Assert.Equal([$"The {word}", "In its summary"], await shop.Names("search=" + word));
        Assert.Equal([$"The {word}", "In its summary"], await shop.Names($"search={word}&sort=newest"));
    }

    [Theory]
    [InlineData("lamps")]
    [InlineData("LAMP")]
    [InlineData("lam")]
    [InlineData("cafe lamp")]
    [InlineData("Café")]
    [InlineData("CAFÉ LAMPS")]
    [InlineData("lamp cafe")]
    [InlineData("the lamp for a cafe")]
    [InlineData("glowing")]
    [InlineData("glows")]
    [InlineData("creme")]
    [InlineData("crème,")]
    [InlineData("  lamp   ")]
    public async Task Forgives_endings_case_accents_order_and_small_words(string search)
    {
        var category = shop.Word("c-");
        await shop.Make(shop.Single("Café lamp", category: category, summary: "It glows.", description: "Creme coloured."));
        await shop.Make(shop.Single("Table", category: category));
        Assert.Equal(["Café lamp"], await Found(search, category));
    }

    [Theory] // what one engine's parser takes for a stop word, a number, a file or an address is a shopper's word
    [InlineData("off")]
    [InlineData("off-white")]
    [InlineData("white")]
    [InlineData("under desk")]
    [InlineData("desk/wall")]
    [InlineData("wall")]
    [InlineData("3.5mm")]
    [InlineData("5mm")]
    [InlineData("usb-c 2")]
    [InlineData("shop.example")]
    [InlineData("generations")]
    public async Task Takes_words_apart_at_whatever_is_no_letter_or_digit(string search)
    {
        var category = shop.Word("c-");
        await shop.Make(shop.Single("Off-white cable", category: category, summary: "For under a desk/wall, 3.5mm, USB-C 2.0, see shop.example/new",
            description: "Generational."));
        await shop.Make(shop.Single("Table", category: category));
        Assert.Equal(["Off-white cable"], await Found(search, category));
    }

    [Theory]
    [InlineData("lamp table")]
    [InlineData("caf lamp")]
    [InlineData("l")]
    [InlineData("!!!")]
    [InlineData("😀")]
    [InlineData("- -")]
    public async Task Wants_every_word_and_only_the_last_may_be_begun(string search)
    {
        var category = shop.Word("c-");
        await shop.Make(shop.Single("Café lamp", category: category));
        Assert.Empty(await Found(search, category));
    }

    [Fact]
    public async Task Finds_by_sku_option_and_category_name()
    {
        var (sku, category) = (shop.Word("BOARD-"), shop.Word("c-"));
        await shop.Make(new
        {
            name = "Board",
            category = new { slug = category, name = "Chopping things" },
            variants = new[] { new { sku, price = Shop.Usd(1), options = new { Size = "Enormous" } } },
        });
        foreach (var search in (string[])[sku, sku.ToLowerInvariant(), "chopping", "enormous board"])
            Assert.Equal(["Board"], await Found(search, category));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%20%20")]
    public async Task A_blank_search_is_no_search(string search)
    {
        var category = shop.Word("c-");
        await shop.Make(shop.Single("Lamp", category: category));
        Assert.Equal(["Lamp"], await shop.Names($"search={search}&category={category}"));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"\"\"")]
    [InlineData("lamp\"")]
    [InlineData("lamp\" OR \"table")]
    [InlineData("lamp OR table")]
    [InlineData("lamp NOT table")]
    [InlineData("NEAR(lamp table)")]
    [InlineData("name:lamp")]
    [InlineData("name : lamp")]
    [InlineData("{name summary} : lamp")]
    [InlineData("^lamp")]
    [InlineData("lam* table")]
    [InlineData("(lamp")]
    [InlineData("lamp)")]
    [InlineData("lamp AND")]
    [InlineData("-lamp +table")]
    [InlineData("'; DROP TABLE products; --")]
    [InlineData("%' OR 1=1 --")]
    [InlineData("\\")]
    [InlineData("lamp \u0001\u001f")]
    [InlineData("\u202e\u200d\ufeff")]
    [InlineData("ﷺ 𝒳 𠜎 ﬁ İ ß")]
    public async Task Nothing_that_is_typed_is_syntax(string search)
    {
        var category = shop.Word("c-");
        await shop.Make(shop.Single("Lamp", category: category));
        await shop.Make(shop.Single("Table", category: category));
        var reply = await shop.Anybody.Get($"/api/products?search={Uri.EscapeDataString(search)}&category={category}");
        Assert.Equal(200, reply.Status);
        Assert.True(Shop.Names(reply.Json).Length < 2, reply.Body);
    }

    [Fact]
    public async Task Refuses_a_search_of_more_than_200_characters()
    {
        Assert.Equal(200, (await shop.Anybody.Get("/api/products?search=" + string.Concat(Enumerable.Repeat("a ", 100)))).Status);
        Assert.Equal((422, "validation"), Both(await shop.Anybody.Get("/api/products?search=" + new string('a', 201))));
        Assert.Equal((422, "validation"), Both(await shop.Anybody.Get("/api/products?search=" + new string('a', 5000))));
    }

    [Fact]
    public async Task A_changed_product_is_found_by_its_new_words_alone()
    {
        var (old, now, sku) = (shop.Word(), shop.Word(), shop.Word("SKU-"));
        var made = await shop.Make(shop.Single(old, sku: sku));
        await shop.Staff.Put("/api/products/" + made.GetProperty("id").GetString(), shop.Single(now, sku: sku));
        Assert.Empty(await shop.Names("search=" + old));
        Assert.Equal([now], await shop.Names("search=" + now));
    }

    [Fact]
    public async Task Orders_what_it_found_by_price_when_asked()
    {
        var word = shop.Word();
        await shop.Make(shop.Single($"{word} dear", 300));
        await shop.Make(shop.Single($"{word} cheap", 100));
        Assert.Equal([$"{word} cheap", $"{word} dear"], await shop.Names($"search={word}&sort=price"));
    }

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
