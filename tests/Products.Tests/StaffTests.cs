using System.Text.Json;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Products.Tests;

/// <summary>What staff put in, change and take out.</summary>
public sealed class StaffTests(Shop shop)
{
    private static object Mug(string name, string sku) => new
    {
        name,
        summary = "Holds tea.",
        description = "Enamel.\n\nHand wash.",
        category = new { slug = "mugs", name = "Mugs & cups" },
        images = new[] { "/pictures/a.svg", "https://example.org/b.png" },
        options = new[] { new { name = "Colour", values = new[] { "Blue", "Sea green" } } },
        variants = new object[]
        {
            new { sku = sku + "-B", price = Shop.Usd(1800), options = Chosen("Blue") },
            new { sku = sku + "-S", name = "The green one", price = Shop.Usd(1600), options = Chosen("Sea green"), imageUrl = "/pictures/s.svg" },
        },
    };

    private static Dictionary<string, string> Chosen(string colour) => new() { ["Colour"] = colour };

    [Fact]
    public async Task A_product_reads_as_it_was_made()
    {
        var (name, sku) = ("Mug " + shop.Word(), shop.Word("MUG-"));
        var made = await shop.Staff.Post("/api/products", Mug(name, sku));
        Assert.Equal((201, "\"1-1\""), (made.Status, made.Header("ETag")));
        var product = made.Json;
        Assert.Equal(name.ToLowerInvariant().Replace(' ', '-'), product.GetProperty("slug").GetString());
        Assert.Equal("mugs", product.GetProperty("category").GetString());
        Assert.Equal("/pictures/a.svg", product.GetProperty("imageUrl").GetString());
        Assert.Equal("""{"amount":1600,"currency":"USD"}""", product.GetProperty("priceFrom").GetRawText());
        Assert.False(product.GetProperty("inStock").GetBoolean());
        Assert.Equal($$$"""
            [{"sku":"{{{sku}}}-B","name":"{{{name}}}, Blue","price":{"amount":1800,"currency":"USD"},"inStock":false,"options":{"Colour":"Blue"},"imageUrl":null},{"sku":"{{{sku}}}-S","name":"The green one","price":{"amount":1600,"currency":"USD"},"inStock":false,"options":{"Colour":"Sea green"},"imageUrl":"/pictures/s.svg"}]
            """, product.GetProperty("variants").GetRawText());
        Assert.Equal("Enamel.\n\nHand wash.", product.GetProperty("description").GetString());
        Assert.Equal("""[{"name":"Colour","values":["Blue","Sea green"]}]""", product.GetProperty("options").GetRawText());
        Assert.Equal(2, product.GetProperty("images").GetArrayLength());
        Assert.Equal(1, product.GetProperty("version").GetInt64());
        Assert.NotEqual(default, product.GetProperty("createdAt").GetDateTimeOffset());
        Assert.Equal(made.Body, (await shop.Anybody.Get("/api/products/" + product.GetProperty("slug").GetString())).Body);
        Assert.Equal(made.Body, (await shop.Anybody.Get(made.Header("Location")!)).Body);
    }

    [Fact]
    public async Task A_list_item_holds_what_lists_promise()
    {
        var word = shop.Word();
        await shop.Make(Mug("Mug " + word, shop.Word("MUG-")));
        var item = (await shop.Anybody.Get("/api/products?search=" + word)).Json.GetProperty("items")[0];
        string[] fields = [.. item.EnumerateObject().Select(field => field.Name)];
        Assert.Equal(["id", "slug", "name", "summary", "category", "imageUrl", "priceFrom", "inStock", "variants"], fields);
    }

    [Fact]
    public async Task A_change_grows_the_version_and_keeps_id_slug_and_birthday()
    {
        var (name, sku) = ("Mug " + shop.Word(), shop.Word("MUG-"));
        var made = await shop.Make(Mug(name, sku));
        var changed = await shop.Staff.Put("/api/products/" + made.GetProperty("id").GetString(), Mug("New " + name, sku));
        Assert.Equal((200, "\"2-2\""), (changed.Status, changed.Header("ETag")));
        foreach (var field in (string[])["id", "slug", "createdAt"])
            Assert.Equal(made.GetProperty(field).GetRawText(), changed.Json.GetProperty(field).GetRawText());
        Assert.Equal("New " + name, changed.Json.GetProperty("name").GetString());
        Assert.Equal(2, changed.Json.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task What_is_so_already_makes_no_version_and_no_event()
    {
        var product = Mug("Mug " + shop.Word(), shop.Word("MUG-"));
        var made = await shop.Make(product);
        var again = await shop.Staff.Put("/api/products/" + made.GetProperty("id").GetString(), product);
        Assert.Equal(made.GetRawText(), again.Body);
        Assert.Single(await Told(made));
    }

    [Fact]
    public async Task Tells_the_others_the_whole_product_and_its_end()
    {
        var (name, sku) = ("Mug " + shop.Word(), shop.Word("MUG-"));
        var made = await shop.Make(Mug(name, sku));
        Assert.Equal($$$"""
            {"productId":"{{{made.GetProperty("id").GetString()}}}","productVersion":1,"slug":"{{{made.GetProperty("slug").GetString()}}}","variants":[{"sku":"{{{sku}}}-B","name":"{{{name}}}, Blue","price":{"amount":1800,"currency":"USD"},"openingStock":0},{"sku":"{{{sku}}}-S","name":"The green one","price":{"amount":1600,"currency":"USD"},"openingStock":0}]}
            """, (await Told(made))[^1]);
        await shop.Staff.Delete("/api/products/" + made.GetProperty("id").GetString());
        Assert.Equal($$"""{"productId":"{{made.GetProperty("id").GetString()}}","productVersion":2}""", (await Told(made))[^1]);
    }

    [Fact]
    public async Task A_deleted_product_is_gone_and_its_skus_and_address_are_free()
    {
        var (name, sku) = ("Mug " + shop.Word(), shop.Word("MUG-"));
        var made = await shop.Make(Mug(name, sku));
        var path = "/api/products/" + made.GetProperty("id").GetString();
        Assert.Equal(204, (await shop.Staff.Delete(path)).Status);
        Assert.Equal((404, "product_not_found"), Both(await shop.Anybody.Get(path)));
        Assert.Equal((404, "product_not_found"), Both(await shop.Staff.Delete(path)));
        Assert.Equal((404, "product_not_found"), Both(await shop.Staff.Put(path, Mug(name, sku))));
        Assert.Empty(await shop.Names("search=" + name[4..]));
        var again = await shop.Make(Mug(name, sku));
        Assert.Equal(made.GetProperty("slug").GetString(), again.GetProperty("slug").GetString());
    }

    [Fact]
    public async Task Records_who_did_what()
    {
        var (name, sku) = ("Mug " + shop.Word(), shop.Word("MUG-"));
        var path = "/api/products/" + (await shop.Make(Mug(name, sku))).GetProperty("id").GetString();
        await shop.Staff.Put(path, Mug("Other", sku));
        await shop.Staff.Delete(path);
        var changes = (await shop.Staff.Get(path + "/changes")).Json.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(["deleted", "changed", "created"], changes.Select(change => change.GetProperty("kind").GetString()!));
        Assert.All(changes, change => Assert.Equal(Shop.Clerk, change.GetProperty("madeBy").GetGuid()));
        Assert.Equal((404, "product_not_found"), Both(await shop.Staff.Get($"/api/products/{Guid.Empty}/changes")));
    }

    [Fact]
    public async Task Records_what_was_before_and_after()
    {
        var (name, sku) = ("Mug " + shop.Word(), shop.Word("MUG-"));
        var path = "/api/products/" + (await shop.Make(Mug(name, sku))).GetProperty("id").GetString();
        await shop.Staff.Put(path, new
        {
            name,
            summary = "Holds tea.",
            tags = new[] { "enamel" },
            category = "mugs",
            images = new[] { "/pictures/a.svg", "https://example.org/b.png" },
            variants = new object[]
            {
                new { sku = sku + "-N", price = Shop.Usd(900), options = Chosen("Night") },
                new { sku = sku + "-B", price = Shop.Usd(1750), options = Chosen("Blue") },
            },
        });
        await shop.Staff.Delete(path);
        var changes = (await shop.Staff.Get(path + "/changes")).Json.GetProperty("items").EnumerateArray().Select(Differences).ToArray();
        Assert.Equal(
        [
            """description: "Enamel.\n\nHand wash." > null""",
            """tags: null > ["enamel"]""",
            """options: [{"name":"Colour","values":["Blue","Sea green"]}] > [{"name":"Colour","values":["Night","Blue"]}]""",
            $$$"""variant {{{sku}}}-B: {"name":"{{{name}}}, Blue","price":{"amount":1800,"currency":"USD"},"options":{"Colour":"Blue"},"imageUrl":null} > {"name":"{{{name}}}, Blue","price":{"amount":1750,"currency":"USD"},"options":{"Colour":"Blue"},"imageUrl":null}""",
            $$$"""variant {{{sku}}}-S: {"name":"The green one","price":{"amount":1600,"currency":"USD"},"options":{"Colour":"Sea green"},"imageUrl":"/pictures/s.svg"} > null""",
            $$$"""variant {{{sku}}}-N: null > {"name":"{{{name}}}, Night","price":{"amount":900,"currency":"USD"},"options":{"Colour":"Night"},"imageUrl":null}""",
        ], changes[1]);
        Assert.All(changes[0], one => Assert.EndsWith(" > null", one, StringComparison.Ordinal));
        Assert.All(changes[2], one => Assert.Contains(": null > ", one, StringComparison.Ordinal));
        Assert.Contains($"""name: null > "{name}" """.TrimEnd(), changes[2]);
    }

    [Fact]
    public async Task Records_that_variants_changed_places()
    {
        string[] skus = [shop.Word("A-"), shop.Word("B-")];
        object Pair(IEnumerable<string> order) => new { name = "Pair", variants = order.Select(one => new { sku = one, price = Shop.Usd(100), options = Chosen(one) }) };
        var path = "/api/products/" + (await shop.Make(Pair(skus))).GetProperty("id").GetString();
        await shop.Staff.Put(path, Pair(skus.Reverse()));
        var latest = Differences((await shop.Staff.Get(path + "/changes")).Json.GetProperty("items")[0]);
        Assert.Equal($"""order: ["{skus[0]}","{skus[1]}"] > ["{skus[1]}","{skus[0]}"]""", latest[^1]);
    }

    private static string[] Differences(JsonElement change) => [.. change.GetProperty("differences").EnumerateArray().Select(one =>
        $"{one.GetProperty("field").GetString()} {one.GetProperty("sku").GetString()}".Trim() + $": {one.GetProperty("before").GetRawText()} > {one.GetProperty("after").GetRawText()}")];

    [Fact]
    public async Task Refuses_a_sku_that_another_product_has_and_leaves_everything_as_it_was()
    {
        var (mine, theirs) = (shop.Word("SKU-"), shop.Word("SKU-"));
        await shop.Make(shop.Single("Theirs", sku: theirs));
        var made = await shop.Make(shop.Single("Mine", sku: mine));
        var refused = await shop.Staff.Post("/api/products", shop.Single("Third", sku: theirs));
        Assert.Equal((409, "sku_taken"), Both(refused));
        Assert.Equal(theirs, refused.Json.GetProperty("skus")[0].GetString());
        Assert.Equal((409, "sku_taken"), Both(await shop.Staff.Put("/api/products/" + made.GetProperty("id").GetString(), shop.Single("Mine", sku: theirs))));
        Assert.Equal(made.GetRawText(), (await shop.Get(made.GetProperty("slug").GetString()!)).GetRawText());
    }

    [Fact]
    public async Task A_sku_moves_to_another_product_once_the_first_let_it_go()
    {
        var (old, sku) = (shop.Word("SKU-"), shop.Word("SKU-"));
        var first = await shop.Make(shop.Single("First", sku: sku));
        await shop.Staff.Put("/api/products/" + first.GetProperty("id").GetString(), shop.Single("First", sku: old));
        await shop.Make(shop.Single("Second", sku: sku));
    }

    [Fact]
    public async Task Refuses_a_slug_that_is_taken_and_finds_another_when_none_was_given()
    {
        var slug = shop.Word("slug-");
        await shop.Make(shop.Single("One", slug: slug));
        Assert.Equal((409, "slug_taken"), Both(await shop.Staff.Post("/api/products", shop.Single("Two", slug: slug))));
        Assert.Equal(slug + "-2", (await shop.Make(shop.Single(slug))).GetProperty("slug").GetString());
    }

    [Theory]
    [InlineData("Crème brûlée, Ægir’s Straße!", "creme-brulee-aegirs-strasse")]
    [InlineData("  100% Wool -- Łódź  ", "100-wool-lodz")]
    [InlineData("日本", "")]
    public void Makes_slugs_of_latin_letters(string name, string slug) => Assert.Equal(slug, PlainText.Slug(name));

    [Fact]
    public async Task A_name_without_latin_letters_gets_an_address_of_its_sku()
    {
        var sku = shop.Word("sku");
        Assert.Equal("p-" + sku, (await shop.Make(shop.Single("日本", sku: sku))).GetProperty("slug").GetString());
    }

    [Fact]
    public async Task Refuses_a_change_of_another_version_than_the_one_that_was_seen()
    {
        var sku = shop.Word("SKU-");
        var made = await shop.Staff.Post("/api/products", shop.Single("Seen", sku: sku));
        var path = "/api/products/" + made.Json.GetProperty("id").GetString();
        Assert.Equal(200, (await shop.Staff.Put(path, shop.Single("Seen 2", sku: sku), headers: ("If-Match", made.Header("ETag")!))).Status);
        Assert.Equal((412, "version_changed"), Both(await shop.Staff.Put(path, shop.Single("Seen 3", sku: sku), headers: ("If-Match", made.Header("ETag")!))));
        Assert.Equal((412, "version_changed"), Both(await shop.Staff.Delete(path, ("If-Match", made.Header("ETag")!))));
        Assert.Equal(200, (await shop.Staff.Put(path, shop.Single("Seen 4", sku: sku), headers: ("If-Match", "\"2\""))).Status);
        Assert.Equal(200, (await shop.Staff.Put(path, shop.Single("Seen 5", sku: sku), headers: ("If-Match", "*"))).Status);
        Assert.Equal(204, (await shop.Staff.Delete(path, ("If-Match", "\"4-4\""))).Status);
    }

    [Fact]
    public async Task What_sold_out_meanwhile_is_no_change_that_an_editor_could_lose()
    {
        var sku = shop.Word("SKU-");
        var made = await shop.Staff.Post("/api/products", shop.Single("Flaps", sku: sku));
        await shop.Tell(sku, true);
        await shop.StockOf(made.Json.GetProperty("slug").GetString()!, true);
        var saved = await shop.Staff.Put("/api/products/" + made.Json.GetProperty("id").GetString(), shop.Single("Flaps!", sku: sku), headers: ("If-Match", made.Header("ETag")!));
        Assert.Equal(200, saved.Status);
        Assert.True(saved.Json.GetProperty("inStock").GetBoolean());
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "name", """{"variants":[{"sku":"A","price":{"amount":1,"currency":"USD"}}]}""" },
        { "name", """{"name":" ","variants":[{"sku":"A","price":{"amount":1,"currency":"USD"}}]}""" },
        { "slug", """{"name":"A","slug":"Not A Slug","variants":[{"sku":"A","price":{"amount":1,"currency":"USD"}}]}""" },
        { "slug", """{"name":"A","slug":"01900000-0000-7000-8000-000000000001","variants":[{"sku":"A","price":{"amount":1,"currency":"USD"}}]}""" },
        { "variants", """{"name":"A"}""" },
        { "variants", """{"name":"A","variants":[]}""" },
        { "variants[0]", """{"name":"A","variants":[null]}""" },
        { "variants[0].sku", """{"name":"A","variants":[{"price":{"amount":1,"currency":"USD"}}]}""" },
        { "variants[0].sku", """{"name":"A","variants":[{"sku":"A/B","price":{"amount":1,"currency":"USD"}}]}""" },
        { "variants[0].sku", """{"name":"A","variants":[{"sku":" A","price":{"amount":1,"currency":"USD"}}]}""" },
        { "variants[0].price", """{"name":"A","variants":[{"sku":"A"}]}""" },
        { "variants[0].price", """{"name":"A","variants":[{"sku":"A","price":{"amount":-1,"currency":"USD"}}]}""" },
        { "variants[0].price", """{"name":"A","variants":[{"sku":"A","price":{"amount":10000000001,"currency":"USD"}}]}""" },
        { "variants[0].price", """{"name":"A","variants":[{"sku":"A","price":{"amount":1,"currency":"EUR"}}]}""" },
        { "variants[0].imageUrl", """{"name":"A","variants":[{"sku":"A","price":{"amount":1,"currency":"USD"},"imageUrl":"javascript:alert(1)"}]}""" },
        { "variants", """{"name":"A","options":[{"name":"S","values":["1","2"]}],"variants":[{"sku":"A","price":{"amount":1,"currency":"USD"},"options":{"S":"1"}},{"sku":"A","price":{"amount":1,"currency":"USD"},"options":{"S":"2"}}]}""" },
        { "variants", """{"name":"A","options":[{"name":"S","values":["1","2"]}],"variants":[{"sku":"A","price":{"amount":1,"currency":"USD"},"options":{"S":"1"}},{"sku":"B","price":{"amount":1,"currency":"USD"},"options":{"S":"1"}}]}""" },
        { "variants[0].options", """{"name":"A","options":[{"name":"S","values":["1"]}],"variants":[{"sku":"A","price":{"amount":1,"currency":"USD"},"options":{"S":"2"}}]}""" },
        { "variants[0].options", """{"name":"A","options":[{"name":"S","values":["1"]}],"variants":[{"sku":"A","price":{"amount":1,"currency":"USD"}}]}""" },
        { "variants[0].options", """{"name":"A","options":[],"variants":[{"sku":"A","price":{"amount":1,"currency":"USD"},"options":{"S":"2"}}]}""" },
        { "options", """{"name":"A","options":[null],"variants":[{"sku":"A","price":{"amount":1,"currency":"USD"}}]}""" },
        { "options", """{"name":"A","options":[{"name":"S","values":[]}],"variants":[{"sku":"A","price":{"amount":1,"currency":"USD"}}]}""" },
        { "category", """{"name":"A","category":{},"variants":[{"sku":"A","price":{"amount":1,"currency":"USD"}}]}""" },
        { "category", """{"name":"A","category":{"slug":"?","name":"B"},"variants":[{"sku":"A","price":{"amount":1,"currency":"USD"}}]}""" },
        { "imageUrl", """{"name":"A","imageUrl":"//evil.example/x","variants":[{"sku":"A","price":{"amount":1,"currency":"USD"}}]}""" },
        { "images", """{"name":"A","images":["data:text/html,x"],"variants":[{"sku":"A","price":{"amount":1,"currency":"USD"}}]}""" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Refuses_a_product_with_a_fault_and_names_the_field(string field, string body)
    {
        var reply = await shop.Staff.Post("/api/products", body);
        Assert.Equal((422, "validation"), Both(reply));
        Assert.True(reply.Json.GetProperty("errors").TryGetProperty(field, out _), reply.Body);
    }

    [Fact]
    public async Task Refuses_too_much_of_anything()
    {
        Assert.Equal((422, "validation"), Both(await shop.Staff.Post("/api/products", shop.Single(new string('n', 201)))));
        Assert.Equal((422, "validation"), Both(await shop.Staff.Post("/api/products", shop.Single("A", summary: new string('s', 501)))));
        Assert.Equal((422, "validation"), Both(await shop.Staff.Post("/api/products", shop.Single("A", description: new string('d', 20_001)))));
        var many = Enumerable.Range(0, 101).Select(i => new { sku = $"MANY-{i}", price = Shop.Usd(1), options = new { Size = $"{i}" } });
        Assert.Equal((422, "validation"), Both(await shop.Staff.Post("/api/products", new { name = "Many", variants = many })));
        Assert.Equal(201, (await shop.Staff.Post("/api/products", new { name = "Many", variants = many.Take(100) })).Status);
    }

    [Fact]
    public async Task Refuses_what_is_no_product_at_all()
    {
        Assert.Equal((400, "malformed"), Both(await shop.Staff.Post("/api/products", "{")));
        Assert.Equal((400, "malformed"), Both(await shop.Staff.Post("/api/products", """{"name": 5}""")));
        Assert.Equal((400, "malformed"), Both(await shop.Staff.Post("/api/products", """{"name":"A","category":5}""")));
        Assert.Equal((400, "malformed"), Both(await shop.Staff.Post("/api/products", """{"name":"A\u0000B"}""")));
        Assert.Equal((400, "malformed"), Both(await shop.Staff.Post("/api/products", """{"name":"A\ud800B"}""")));
        Assert.Equal((400, "malformed"), Both(await shop.Staff.Post("/api/products", """{"name":"A","variants":[{"options":{"a\u0000":"b"}}]}""")));
    }

    [Fact]
    public async Task Only_staff_change_the_catalogue()
    {
        var path = "/api/products/" + (await shop.Make(shop.Single("Guarded"))).GetProperty("id").GetString();
        var customer = shop.Anybody.As(shop.Store.Tokens.Customer(Shop.Clerk));
        foreach (var (api, answer) in ((Api, (int, string?))[])[(customer, (403, "forbidden")), (shop.Anybody, (401, "unauthenticated"))])
        {
            Assert.Equal(answer, Both(await api.Post("/api/products", shop.Single("No"))));
            Assert.Equal(answer, Both(await api.Put(path, shop.Single("No"))));
            Assert.Equal(answer, Both(await api.Delete(path)));
            Assert.Equal(answer, Both(await api.Get(path + "/changes")));
            Assert.Equal(answer, Both(await api.Post("/api/pictures", new ByteArrayContent([1]))));
        }
    }

    [Fact]
    public async Task Counts_the_products_of_each_category_and_lists_those_that_hold_any()
    {
        var (from, to) = (shop.Word("from-"), shop.Word("to-"));
        var sku = shop.Word("SKU-");
        var path = "/api/products/" + (await shop.Make(shop.Single("Moves", category: new { name = from.ToUpperInvariant() }, sku: sku))).GetProperty("id").GetString();
        await shop.Make(shop.Single("Stays", category: from));
        Assert.Equal($$"""{"slug":"{{from}}","name":"{{from.ToUpperInvariant()}}","products":2}""", await Category(from));
        await shop.Staff.Put(path, shop.Single("Moves", category: to, sku: sku));
        Assert.EndsWith("\"products\":1}", await Category(from), StringComparison.Ordinal);
        Assert.EndsWith("\"products\":1}", await Category(to), StringComparison.Ordinal);
        await shop.Staff.Delete(path);
        Assert.Null(await Category(to));
    }

    private async Task<string?> Category(string slug) => (await shop.Anybody.Get("/api/categories")).Json.EnumerateArray()
        .Where(one => one.GetProperty("slug").GetString() == slug).Select(one => one.GetRawText()).SingleOrDefault();

    private async Task<List<string>> Told(JsonElement product) => [.. (await shop.Store.Told("products", product.GetProperty("id").GetString())).Select(one => one.Data)];

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
