namespace Stoa.Backoffice.Tests;

/// <summary>What whoever keeps the store running sees.</summary>
public class Engineers
{
    private const string Page = "/admin/operations";
    private const string Call = "GET /api/operations";

    [Fact]
    public async Task Read_how_each_process_is()
    {
        await using var building = await Building.Open();
        var page = await (await building.Inside()).Get(Page);
        string[] rows = [.. page.Html.QuerySelectorAll("section[aria-labelledby=processes] tbody tr").Select(row => string.Join('|', row.Children.SkipLast(1).Select(cell => cell.TextContent.Trim())))];
        Assert.Equal(["gateway|ready|1.2.3|2 h|0|2.5|2.0 ms|250 ms|1.2 %", "orders|ready|1.2.3|2 h|4|2.5|2.0 ms|250 ms|1.2 %"], rows);
        Assert.Contains("All 2 processes are ready", page.Html.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("The last hour of gateway", page.Html.QuerySelector("#hour")!.TextContent);
    }

    [Fact]
    public async Task See_an_hour_as_a_drawing_in_words_and_as_a_table()
    {
        await using var building = await Building.Open();
        var page = await (await building.Inside()).Get(Page + "?of=orders");
        Assert.Equal("The last hour of orders", page.Html.QuerySelector("#hour")!.TextContent);
        var drawings = page.Html.QuerySelectorAll("svg[role=img]");
        Assert.Equal(
            ["Requests a minute: 1,770 requests, most at 12:58 with 59; 1 failed, last at 12:09.", "Time to answer: At 12:58 half within 2.0 ms and 99 % within 59 ms; slowest at 12:58 with 59 ms."],
            drawings.Select(drawing => drawing.GetAttribute("aria-label")));
        Assert.All(drawings, drawing => Assert.All(drawing.QuerySelectorAll("path"), path => Assert.StartsWith("M", path.GetAttribute("d"), StringComparison.Ordinal)));
        Assert.Equal(59, page.Html.QuerySelectorAll("details tbody tr").Length);
    }

    [Fact]
    public async Task See_a_process_that_has_not_run_for_a_minute_without_a_drawing()
    {
        await using var building = await Building.Open();
        building.Api.On(Call, 200, FakeApi.Operations(FakeApi.Process("gateway", isNew: true), FakeApi.Process("orders")));
        var page = await (await building.Inside()).Get(Page);
        Assert.Equal(200, page.Status);
        Assert.Contains("Nobody asked it anything in a whole minute since it started", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_which_readers_are_cut_off_for_a_moment_before_it_is_trouble()
    {
        await using var building = await Building.Open();
        building.Api.On(Call, 200, FakeApi.Operations(FakeApi.Process("gateway"), FakeApi.Process("orders", subscriptions: [FakeApi.Subscription("payments", lagSeconds: 2.5), FakeApi.Subscription("users")])));
        var page = await (await building.Inside()).Get(Page);
        string[] events = [.. page.Html.QuerySelectorAll("section[aria-labelledby=events] tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent.Trim())))];
        Assert.Equal(["orders|payments|settlement|catching up|2.5 s|7|0", "orders|users|settlement|up to date|0.0 s|7|0"], events);
        Assert.Equal("status", page.Html.QuerySelector(".notice")!.GetAttribute("role"));
    }

    [Fact]
    public async Task Read_what_is_wrong_and_still_see_the_rest()
    {
        await using var building = await Building.Open();
        building.Api.On(Call, 200, FakeApi.Operations(
            FakeApi.Process("gateway"),
            FakeApi.Process("orders", state: "not_ready", failureRatio: 0.5, subscriptions: [FakeApi.Subscription("payments", lagSeconds: 75), FakeApi.Subscription("users", diverged: true)], letters: 2),
            new { name = "carts", service = "carts", state = "restarting", restarts = (int?)7, facts = (object?)null },
            new { name = "users", service = "users", state = "down", restarts = (int?)null, facts = (object?)null }));
        building.Api.On("GET /api/orders/counts", 503);
        var page = await (await building.Inside()).Get(Page);
        string[] wrong = [.. page.Html.QuerySelectorAll("[role=alert] li").Select(one => one.TextContent)];
        Assert.Equal(
            ["orders: not ready.", "carts: restarting.", "users: down.", "50.0 % of the requests to orders fail.", "orders is behind payments by 75 s.", "orders has stopped reading users, whose log has diverged.", "orders has parked 2 events of payments (settlement)."], wrong);
        Assert.Equal(4, page.Html.QuerySelectorAll("section[aria-labelledby=processes] tbody tr").Length);
        Assert.Contains("Orders does not answer", page.Text, StringComparison.Ordinal);
        string[] events = [.. page.Html.QuerySelectorAll("section[aria-labelledby=events] tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent.Trim())))];
        Assert.Equal(["orders|payments|settlement|behind|75 s|7|2", "orders|users|settlement|diverged|0.0 s|7|0"], events);
        Assert.Contains("No word from carts, users", page.Text, StringComparison.Ordinal);
        Assert.Contains("ended with it", (await (await building.Inside()).Get(Page + "?of=carts")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Count_the_orders_in_each_state()
    {
        await using var building = await Building.Open();
        var page = await (await building.Inside()).Get(Page);
        Assert.Equal(["Paid 12 /admin/orders?status=paid", "Shipped 0 /admin/orders?status=shipped"],
            page.Html.QuerySelectorAll(".figures div").Select(one => $"{one.QuerySelector("dt")!.TextContent} {one.QuerySelector("dd")!.TextContent} {one.QuerySelector("a")!.GetAttribute("href")}"));
    }

    [Fact]
    public async Task Are_told_when_there_is_no_such_process_and_when_the_door_does_not_answer()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        Assert.Equal(404, (await visitor.Get(Page + "?of=nobody")).Status);
        building.Api.On(Call, 503);
        Assert.Equal(503, (await visitor.Get(Page)).Status);
    }

    [Fact]
    public void Read_figures_that_are_never_rounded_to_nothing()
    {
        Assert.Equal(["–", "0.4 ms", "45 ms", "1.5 s"], new double?[] { null, 0.4, 45, 1500 }.Select(Figures.Time));
        Assert.Equal(["0 %", "< 0.1 %", "0.1 %", "100.0 %"], new[] { 0, 0.0001, 0.001, 1 }.Select(Figures.Percent));
        Assert.Equal(["0.2 s", "60 s", "5 min", "3 h", "4 days"], new[] { 0.2, 60, 300, 3 * 3600, 4 * 86_400.0 }.Select(Figures.Seconds));
    }

    [Fact]
    public void See_gaps_where_nothing_was_measured_and_a_scale_of_round_numbers()
    {
        Assert.Equal("M75 120L225 60M525 0h.1", Chart.Line([0, 5, null, 10], 10));
        Assert.Equal("M450.5 120v-120h149v120z", Chart.Bars([0, null, null, 10], 10));
        Assert.Equal([1, 1, 2, 50, 1000], new double?[][] { [], [null, 0], [1.2], [21, 50], [900] }.Select(values => Chart.Top(values)));
    }
}
