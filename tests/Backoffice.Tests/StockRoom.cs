namespace Stoa.Backoffice.Tests;

public class StockRoom
{
    private const string Page = "/admin/stock/bowl-S";
    private const string Call = "POST /api/stock/bowl-S/adjustments";

    [Fact]
    public async Task Lists_what_is_on_the_shelf_product_by_product()
    {
        await using var building = await Building.Open();
        var page = await (await building.Inside()).Get("/admin/stock?q=a bowl");
        string[] rows = [.. page.Html.QuerySelectorAll("tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent.Trim())))];
        Assert.Equal(["bowl-S Bowl, sand 5 2 3", "bowl-A Bowl, aegean 0 0 none"], rows);
        Assert.Equal("?limit=20&search=a%20bowl", building.Api.CallsTo("GET /api/products").Single().Query);
        Assert.Equal("?limit=100&sku=bowl-S,bowl-A", building.Api.CallsTo("GET /api/stock").Single().Query);
    }

    [Fact]
    public async Task Opens_a_sku_at_once()
    {
        await using var building = await Building.Open();
        Assert.Equal(Page, (await (await building.Inside()).Get("/admin/stock?q=bowl-S")).Location);
    }

    [Fact]
    public async Task Says_when_nothing_is_found_and_when_a_sku_is_nowhere()
    {
        await using var building = await Building.Open();
        building.Api.On("GET /api/products", 200, FakeGateway.List());
        var visitor = await building.Inside();
        Assert.Contains("no product is found by it", (await visitor.Get("/admin/stock?q=zzz")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await visitor.Get("/admin/stock/zzz")).Status);
    }

    [Fact]
    public async Task Tells_why_there_are_so_many_and_who_changed_it()
    {
        await using var building = await Building.Open();
        var page = await (await building.Inside()).Get(Page);
        Assert.Equal(["5", "2", "3"], page.Html.QuerySelectorAll(".figures dd").Select(figure => figure.TextContent));
        string[] rows = [.. page.Html.QuerySelectorAll("tbody tr").Select(row => string.Join('|', row.Children.Skip(1).Select(cell => cell.TextContent.Trim())))];
        Assert.Equal(["−2||Sold with an order|", "+7|0 → 7|Delivered by boat|Kleio"], rows);
        Assert.Equal($"/admin/orders/{FakeApi.OrderId}", page.Html.QuerySelector("tbody a")!.GetAttribute("href"));
    }

    [Theory, InlineData("3", 3), InlineData(" -12 ", -12), InlineData("−2", -2)]
    public async Task Is_set_right_for_a_reason_once_for_each_page(string typed, int delta)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var page = await visitor.Get(Page);
        var done = await visitor.Submit(page, Page + "/adjust", ("delta", typed), ("reason", "Counted"));
        await visitor.Submit(page, Page + "/adjust", ("delta", typed), ("reason", "Counted"));
        Assert.Equal(Page + "?done=adjusted", done.Location);
        var sent = building.Api.CallsTo(Call);
        Assert.Single(sent.Select(call => call.Key).Distinct());
        Assert.Equal((delta, "Counted"), (sent[0].Body.GetProperty("delta").GetInt32(), sent[0].Body.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Sends_nothing_that_is_no_number_and_keeps_what_was_typed()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var page = await visitor.Submit(await visitor.Get(Page), Page + "/adjust", ("delta", "some"), ("reason", "Counted"));
        Assert.Equal(422, page.Status);
        Assert.Equal(("some", "Counted"), (page.Input("delta"), page.Input("reason")));
        Assert.Empty(building.Api.CallsTo(Call));
    }

    [Theory, InlineData(409, "stock_below_zero"), InlineData(422, "validation")]
    public async Task Shows_why_it_was_refused(int status, string code)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        building.Api.On(Call, status, FakeGateway.Refusal(status, code, new { errors = new { delta = new[] { "must not be 0" } } }));
        var page = await visitor.Submit(await visitor.Get(Page), Page + "/adjust", ("delta", "-99"), ("reason", "Broken"));
        Assert.Equal(status, page.Status);
        var notice = page.Html.QuerySelector("[role=alert]")!.TextContent;
        Assert.Contains(code, notice, StringComparison.Ordinal);
        Assert.Contains("How many came or went must not be 0.", notice, StringComparison.Ordinal);
    }
}
