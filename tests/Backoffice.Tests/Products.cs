using System.Text.Json;

namespace Stoa.Backoffice.Tests;

public class Products
{
    private const string Room = "/admin/products";
    private const string New = "/admin/products/new";
    private static readonly string Bowl = $"/admin/products/{FakeApi.BowlId}";
    private static readonly string Put = $"PUT {FakeApi.Bowl}";

    [Fact]
    public async Task Are_listed_and_looked_for()
    {
        await using var building = await Building.Open();
        var page = await (await building.Inside()).Get(Room + "?q=a bowl");
        string[] rows = [.. page.Html.QuerySelectorAll("tbody tr").Select(row => string.Join('|', row.Children.Skip(1).Select(cell => cell.TextContent.Trim())))];
        Assert.Equal(["Bowl|At the table|2|$18.00|in stock"], rows);
        Assert.Equal(Bowl, page.Html.QuerySelector("tbody a")!.GetAttribute("href"));
        Assert.Equal("?limit=20&search=a%20bowl", building.Api.CallsTo("GET /api/products").Single().Query);
    }

    [Theory, InlineData("staff"), InlineData("admin")]
    public async Task Are_changed_by_staff_over_the_version_that_was_seen_and_what_nobody_touched_stays(string role)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside(role);
        var page = await visitor.Get(Bowl);
        Assert.Equal("Bowl", page.Heading);
        var done = await visitor.Submit(page, Bowl, ("summary", "Holds more soup."), ("price", "19.50"), ("price", "18"), ("price", ""));
        Assert.Equal(Bowl + "?done=saved", done.Location);
        var sent = building.Api.CallsTo(Put).Single();
        Assert.Equal("\"3\"", sent.Headers.IfMatch);
        Assert.Equal("no-cache", building.Api.CallsTo($"GET {FakeApi.Bowl}").Single().Headers.CacheControl);
        Assert.Equal("""
            {"slug":"bowl","name":"Bowl","summary":"Holds more soup.","description":"Thrown by hand.\n\nFired twice.","category":{"slug":"table"},"tags":["clay"],"images":["/pictures/a.svg","/pictures/b.svg"],"options":[{"name":"Colour","values":["Aegean","Sand"]}],"variants":[{"sku":"bowl-S","name":null,"price":{"amount":1950,"currency":"USD"},"options":{"Colour":"Sand"},"imageUrl":null},{"sku":"bowl-A","name":"The blue one","price":{"amount":1800,"currency":"USD"},"options":{"Colour":"Aegean"},"imageUrl":"/pictures/b.svg"}]}
            """.Trim(), sent.Body.GetRawText());
    }

    [Fact]
    public async Task Gain_and_lose_variants_options_and_pictures()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var wider = await visitor.Submit(await visitor.Get(Bowl), Bowl, ("do", "rows"), ("optionName", "Colour"), ("optionName", "Size"), ("optionName", ""));
        Assert.Equal(200, wider.Status);
        Assert.Empty(building.Api.CallsTo(Put));
        Assert.Equal(8, wider.Html.QuerySelectorAll("fieldset.variant").Length);
        var empty = Enumerable.Repeat("", 5);
        (string, string)[] typed =
        [
            .. Row("sku", ["bowl-S", "bowl-A", "bowl-N", .. empty]), .. Row("price", ["19", "18", "21.5", .. empty]), .. Row("choice0", ["Sand", "Aegean", "Night", .. empty]),
            .. Row("choice1", ["S", "S", "L", .. empty]), ("remove", "1"), ("removePicture", "0"), ("pictureUrl", "https://example.org/c.png"), ("category", "GARDEN"), ("tags", " clay ,, new "),
        ];
        Assert.Equal(303, (await visitor.Submit(wider, Bowl, typed)).Status);
        var sent = building.Api.CallsTo(Put).Single().Body;
        Assert.Equal("""["/pictures/b.svg","https://example.org/c.png"]""", sent.GetProperty("images").GetRawText());
        Assert.Equal("""[{"name":"Colour","values":["Sand","Night"]},{"name":"Size","values":["S","L"]}]""", sent.GetProperty("options").GetRawText());
        Assert.Equal(["bowl-S", "bowl-N"], sent.GetProperty("variants").EnumerateArray().Select(one => one.GetProperty("sku").GetString()));
        Assert.Equal("""{"slug":"garden"}""", sent.GetProperty("category").GetRawText());
        Assert.Equal("""["clay","new"]""", sent.GetProperty("tags").GetRawText());
    }

    [Fact]
    public async Task Are_made_of_a_name_a_sku_and_a_price()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var done = await visitor.Submit(await visitor.Get(New), New, ("name", "Jug"), ("sku", "jug"), ("price", "12"), ("category", "Jugs & such"));
        Assert.Equal(Bowl + "?done=created", done.Location);
        Assert.Equal("""
            {"slug":null,"name":"Jug","summary":null,"description":null,"category":"Jugs & such","tags":[],"images":[],"options":[],"variants":[{"sku":"jug","name":null,"price":{"amount":1200,"currency":"USD"},"options":{},"imageUrl":null}]}
            """.Trim(), building.Api.CallsTo("POST /api/products").Single().Body.GetRawText().Replace("\\u0026", "&", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("price", "a lot", "price-0", "such as 12.50")]
    [InlineData("price", "12.345", "price-0", "such as 12.50")]
    [InlineData("price", "", "price-0", "such as 12.50")]
    [InlineData("remove", "0", "sku-0", "one variant at least")]
    [InlineData("optionName", "Colour", "choice0-0", "Say which Colour")]
    public async Task Are_not_sent_while_something_is_seen_to_be_wrong(string field, string value, string at, string error)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        (string, string)[] right = [("name", "Jug"), ("sku", "jug"), ("price", "12")];
        var page = await visitor.Submit(await visitor.Get(New), New, [.. right.Where(one => one.Item1 != field), (field, value)]);
        Assert.Equal(422, page.Status);
        Assert.Contains(error, page.Html.GetElementById(at + "-error")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Html.QuerySelector($"[role=alert] a[href='#{at}']"));
        Assert.Equal("Jug", page.Input("name"));
        Assert.Empty(building.Api.CallsTo("POST /api/products"));
    }

    [Theory]
    [InlineData(422, "validation", """{"errors":{"variants[1].sku":["must be 1 to 100 characters"],"tags":["must be at most 50 tags"]}}""", "sku-1,tags")]
    [InlineData(409, "sku_taken", """{"skus":["bowl-A"]}""", "sku-1")]
    [InlineData(409, "slug_taken", "{}", "slug")]
    public async Task Show_the_apis_refusal_at_its_fields_and_keep_all_that_was_typed(int status, string code, string more, string fields)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        building.Api.On(Put, status, FakeGateway.Refusal(status, code, JsonSerializer.Deserialize<JsonElement>(more)));
        var page = await visitor.Submit(await visitor.Get(Bowl), Bowl, ("name", "A better bowl"), ("description", "Line one\r\nand two"));
        Assert.Equal(status, page.Status);
        Assert.Equal(fields.Split(',').Select(field => "#" + field), page.Html.QuerySelectorAll("[role=alert] li a").Select(link => link.GetAttribute("href")));
        Assert.Equal(("A better bowl", "3"), (page.Input("name"), page.Input("version")));
        Assert.Equal("Line one\nand two", page.Html.GetElementById("description")!.TextContent);
    }

    [Fact]
    public async Task Tell_of_anothers_change_lose_nothing_and_are_saved_over_it_at_the_next_click()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var page = await visitor.Get(Bowl);
        building.Api.On(Put, 412, FakeGateway.Refusal(412, "version_changed"));
        building.Api.On($"GET {FakeApi.Bowl}/changes", 200, FakeGateway.List(
            FakeApi.Change(4, "changed", new { field = "variant", sku = "bowl-S", before = FakeApi.Variant("Bowl", 1900), after = FakeApi.Variant("Bowl", 2000) }),
            FakeApi.Change(3, "changed", new { field = "tags", after = new[] { "clay" } })));
        var told = await visitor.Submit(page, Bowl, ("name", "Mine"));
        Assert.Equal(412, told.Status);
        var notice = told.Html.QuerySelector("[role=alert]")!;
        Assert.Contains("Somebody else changed it meanwhile", notice.TextContent, StringComparison.Ordinal);
        Assert.Equal(["bowl-S, price"], notice.QuerySelectorAll("dt").Select(one => one.TextContent));
        Assert.Contains("by Kleio", notice.TextContent, StringComparison.Ordinal);
        Assert.Equal(("Mine", "4"), (told.Input("name"), told.Input("version")));
        building.Api.On(Put, 200, FakeApi.Product(5));
        Assert.Equal(303, (await visitor.Submit(told, Bowl)).Status);
        var sent = building.Api.CallsTo(Put)[^1];
        Assert.Equal(("\"4\"", "Mine"), (sent.Headers.IfMatch.ToString(), sent.Body.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task That_were_deleted_meanwhile_can_be_made_anew_of_what_was_typed()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var page = await visitor.Get(Bowl);
        building.Api.On(Put, 404, FakeGateway.Refusal(404, "product_not_found"));
        var told = await visitor.Submit(page, Bowl, ("name", "Mine"));
        Assert.Equal((404, "Mine"), (told.Status, told.Input("name")));
        Assert.Equal(303, (await visitor.Submit(told, New)).Status);
        Assert.Equal("Mine", building.Api.CallsTo("POST /api/products").Single().Body.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Stay_as_they_were_typed_while_the_catalogue_is_away()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var page = await visitor.Get(Bowl);
        building.Api.On(Put, 503, FakeGateway.Refusal(503, "temporarily_unavailable"));
        var told = await visitor.Submit(page, Bowl, ("name", "Mine"));
        Assert.Equal((503, "Mine", "3"), (told.Status, told.Input("name"), told.Input("version")));
        building.Api.On("GET /api/categories", 503, FakeGateway.Refusal(503, "temporarily_unavailable"));
        Assert.Equal((503, "Mine"), ((await visitor.Submit(page, Bowl, ("name", "Mine"))).Status, told.Input("name")));
        Assert.Single(building.Api.CallsTo(Put));
    }

    [Fact]
    public async Task Take_a_picture_from_the_page_as_it_is()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var done = await visitor.Submit(await visitor.Get(Bowl), Bowl, ("files", "bowl.png", [1, 2, 3]), ("place", "2"), ("place", "1"));
        Assert.Equal(Bowl + "?done=saved", done.Location);
        Assert.Equal([1, 2, 3], building.Api.CallsTo("POST /api/pictures").Single().Bytes);
        Assert.Equal("""["/pictures/b.svg","/pictures/a.svg","/pictures/new.png"]""", building.Api.CallsTo(Put).Single().Body.GetProperty("images").GetRawText());
    }

    [Theory]
    [InlineData(415, "unsupported_media_type", "whatever its name says")]
    [InlineData(413, "too_large", "at most 1 MiB")]
    [InlineData(422, "validation", "is damaged")]
    public async Task Name_a_picture_that_is_refused_and_save_nothing(int status, string code, string reason)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        building.Api.On("POST /api/pictures", status, FakeGateway.Refusal(status, code, new { errors = new { body = new[] { "is damaged" } } }));
        var page = await visitor.Submit(await visitor.Get(Bowl), Bowl, ("files", "bowl.png", [1]), ("name", "Mine"));
        Assert.Equal((422, "Mine"), (page.Status, page.Input("name")));
        var error = page.Html.GetElementById("pictureUrl-error")!.TextContent;
        Assert.Contains("bowl.png: ", error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Empty(building.Api.CallsTo(Put));
    }

    [Fact]
    public async Task Of_a_hundred_variants_and_fifty_pictures_fit_into_a_form()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        building.Api.On($"GET {FakeApi.Bowl}", 200, new
        {
            id = FakeApi.BowlId,
            slug = "bowl",
            name = "Bowl",
            version = 1,
            images = Enumerable.Range(0, 50).Select(one => $"/pictures/{one}.svg"),
            options = Enumerable.Range(0, 5).Select(one => new { name = $"Option {one}", values = new[] { "x" } }),
            variants = Enumerable.Range(0, 100).Select(one => new { sku = $"bowl-{one}", name = $"Bowl {one}", price = FakeGateway.Usd(100), options = Enumerable.Range(0, 5).ToDictionary(option => $"Option {option}", _ => "x") }),
        });
        var page = await visitor.Get(Bowl);
        Assert.Equal(303, (await visitor.Submit(page, Bowl, ("files", "bowl.png", new byte[1 << 20]))).Status);
        var sent = building.Api.CallsTo(Put).Single().Body;
        Assert.Equal((100, 51), (sent.GetProperty("variants").GetArrayLength(), sent.GetProperty("images").GetArrayLength()));
    }

    [Fact]
    public async Task Tell_who_changed_what_before_and_after()
    {
        await using var building = await Building.Open();
        var page = await (await building.Inside()).Get(Bowl);
        string[] story = [.. page.Html.QuerySelectorAll(".story > li").Select(entry => entry.Words())];
        Assert.Equal(
        [
            "21 Nov, 13:00 UTC Changed bowl-S, price before: $21.00 after: $19.00 Tags after: clay by Kleio",
            "21 Nov, 12:00 UTC Changed What was before is not known of changes this old. by former staff",
            "21 Nov, 11:00 UTC Created Name after: Bowl by Kleio",
        ], story);
    }

    [Fact]
    public async Task Are_shown_without_their_history_while_it_cannot_be_had()
    {
        await using var building = await Building.Open();
        building.Api.On($"GET {FakeApi.Bowl}/changes", 503, FakeGateway.Refusal(503, "temporarily_unavailable"));
        var page = await (await building.Inside()).Get(Bowl);
        Assert.Equal(200, page.Status);
        Assert.Contains("The history cannot be had just now", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_deleted_as_they_were_seen()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var page = await visitor.Get(Bowl);
        building.Api.On($"DELETE {FakeApi.Bowl}", 412, FakeGateway.Refusal(412, "version_changed"));
        var refused = await visitor.Submit(page, Bowl + "/delete");
        Assert.Equal(412, refused.Status);
        Assert.Contains("It was not deleted", refused.Text, StringComparison.Ordinal);
        building.Api.On($"DELETE {FakeApi.Bowl}", 204);
        Assert.Equal(Room + "?done=deleted", (await visitor.Submit(refused, Bowl + "/delete")).Location);
        Assert.Equal("\"3\"", building.Api.CallsTo($"DELETE {FakeApi.Bowl}")[^1].Headers.IfMatch);
    }

    [Fact]
    public async Task That_are_gone_still_tell_what_they_were()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        building.Api.On($"GET {FakeApi.Bowl}", 404, FakeGateway.Refusal(404, "product_not_found"));
        var page = await visitor.Get(Bowl);
        Assert.Equal((404, "This product was deleted"), (page.Status, page.Heading));
        Assert.Equal(3, page.Html.QuerySelectorAll(".story > li").Length);
        Assert.Equal("There is nothing here", (await visitor.Get($"{Room}/{Guid.Empty}")).Heading);
    }

    [Theory, InlineData("customer"), InlineData("guest")]
    public async Task Are_hidden_from_whoever_is_no_staff(string role)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var page = await visitor.Get(Bowl);
        visitor.Forge("stoa.staff.access", building.Api.Token(role));
        building.Api.Calls.Clear();
        foreach (var path in new[] { Room, New, Bowl }) Assert.Equal(404, (await visitor.Get(path)).Status);
        foreach (var action in new[] { Bowl, Bowl + "/delete" }) Assert.Equal(404, (await visitor.Submit(page, action)).Status);
        Assert.Empty(building.Api.Calls);
    }

    private static IEnumerable<(string, string)> Row(string name, IEnumerable<string> values) => values.Select(value => (name, value));
}
