using System.Text;
using Stoa.Kit;

namespace Stoa.Backoffice.Tests;

public class Imports
{
    private const string Room = "/admin/import";
    private const string Preview = "POST /api/products/import/preview";
    private const string Import = "POST /api/products/import";
    private static readonly byte[] File = Encoding.UTF8.GetBytes("Handle,Title\njug,Jug\njug,\"a \"\"fault\"\"\"\nmug,Mug\nbowl,Bowl\n");

    [Theory, InlineData("staff"), InlineData("admin")]
    public async Task Are_previewed_and_write_nothing_before_somebody_says_so(string role)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside(role);
        var page = await Brought(visitor);
        Assert.Equal("spring.csv", page.Heading);
        Assert.Contains("Nothing was written yet", page.Text, StringComparison.Ordinal);
        Assert.Equal(["1", "1", "2", "1"], page.Html.QuerySelectorAll(".figures dd").Select(figure => figure.TextContent));
        Assert.Equal(["3 Variant Price is missing", "2 Jug New, 2 variants", "5 Bowl Name before: Bow after: Bowl"], Rows(page));
        var sent = building.Api.CallsTo(Preview).Single();
        Assert.Equal(File, sent.Bytes);
        Assert.Equal(("text/csv", visitor.Cookie("stoa.staff.access")), (sent.Headers.ContentType.ToString(), sent.Token));
        Assert.Empty(building.Api.CallsTo(Import));

        var done = await Settled(visitor, await visitor.Submit(page, ShowImportForm(page)));
        Assert.Contains("Imported.", done.Text, StringComparison.Ordinal);
        Assert.Equal(["3 Variant Price is missing"], Rows(done));
        Assert.Equal(File, building.Api.CallsTo(Import).Single().Bytes);
    }

    [Fact]
    public async Task Tell_the_lines_that_are_left_out_as_a_file()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var page = await Brought(visitor);
        var lines = await visitor.Get(page.Html.QuerySelector("a[download]")!.GetAttribute("href")!);
        Assert.Equal(("text/csv; charset=utf-8", "attachment; filename=spring-left-out.csv; filename*=UTF-8''spring-left-out.csv"), (lines.Header("Content-Type"), lines.Header("Content-Disposition")));
        Assert.Equal("Line,Reason,Text\n3,\"Variant Price is missing\",\"jug,\"\"a \"\"\"\"fault\"\"\"\"\"\"\"\n", lines.Text);
    }

    [Fact]
    public async Task Of_what_is_no_such_file_say_why()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        building.Api.On(Preview, 422, FakeGateway.Refusal(422, "validation", new { errors = new { header = new[] { "has no column Handle" } } }));
        var page = await Brought(visitor);
        Assert.Contains("header has no column Handle", page.Html.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(422, (await visitor.Submit(await visitor.Get(Room), Room, ("file", "empty.csv", []))).Status);
        Assert.Equal(422, (await visitor.Submit(await visitor.Get(Room), Room)).Status);
    }

    [Fact]
    public async Task That_broke_off_go_on_at_a_click()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var page = await Brought(visitor);
        building.Api.On(Import, 503, FakeGateway.Refusal(503, "temporarily_unavailable"));
        var broken = await Settled(visitor, await visitor.Submit(page, ShowImportForm(page)));
        Assert.Contains("It broke off.", broken.Html.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        building.Api.On(Import, 200, new { created = 0, updated = 0, unchanged = 4, failed = Array.Empty<object>(), failedLines = 0 });
        Assert.Contains("0 made, 0 changed, 4 as they were", (await Settled(visitor, await visitor.Submit(broken, ShowImportForm(broken)))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_nobody_works_on_any_more_broke_off()
    {
        var clock = new ManualClock();
        var path = Directory.CreateTempSubdirectory("stoa-imports-").FullName;
        var folder = new ImportFolder(path, clock);
        var file = new CatalogueFile(Guid.Empty, "spring.csv", "Kleio", clock.GetUtcNow(), ImportStep.Import, ImportStatus.Running, 40, clock.GetUtcNow());
        await folder.Keep(file, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(70));
        Assert.Equal(ImportStatus.Running, (await folder.Find(file.Id, TestContext.Current.CancellationToken))!.Status);
        clock.Advance(TimeSpan.FromSeconds(70));
        Assert.Equal(ImportStatus.BrokenOff, (await folder.Find(file.Id, TestContext.Current.CancellationToken))!.Status);
        Directory.Delete(path, recursive: true);
    }

    [Fact]
    public async Task That_are_done_are_not_done_again()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var page = await Brought(visitor);
        await Settled(visitor, await visitor.Submit(page, ShowImportForm(page)));
        await Settled(visitor, await visitor.Submit(page, ShowImportForm(page)));
        Assert.Single(building.Api.CallsTo(Import));
    }

    [Fact]
    public async Task Tell_what_becomes_of_each_column()
    {
        await using var building = await Building.Open();
        var page = await (await building.Inside()).Get(Room + "/format");
        Assert.Equal("text/plain; charset=utf-8", page.Header("Content-Type"));
        Assert.Contains("`Variant Price`", page.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData("customer"), InlineData("guest")]
    public async Task Are_hidden_from_whoever_is_no_staff(string role)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var page = await Brought(visitor);
        visitor.Forge("stoa.staff.access", building.Api.Token(role));
        Assert.Equal(404, (await visitor.Get(Room)).Status);
        Assert.Equal(404, (await visitor.Get(ShowImportForm(page)[..^"/start".Length])).Status);
        Assert.Equal(404, (await visitor.Submit(page, ShowImportForm(page))).Status);
        Assert.Empty(building.Api.CallsTo(Import));
    }

    private static async Task<Page> Brought(Visitor visitor)
    {
        var sent = await visitor.Submit(await visitor.Get(Room), Room, ("file", "spring.csv", File));
        Assert.Equal(303, sent.Status);
        return await Settled(visitor, sent);
    }

    /// <summary>The page that is led to, once it no longer goes on by itself.</summary>
    private static async Task<Page> Settled(Visitor visitor, Page sent) =>
        (await Eventually.Get(() => visitor.Get(sent.Location!), page => page.Status == 200 && page.Html.QuerySelector("meta[http-equiv=refresh]") is null, "the import at rest"))!;

    private static string ShowImportForm(Page page) => page.Html.QuerySelector("main form")!.GetAttribute("action")!;

    private static string[] Rows(Page page) =>
        [.. page.Html.QuerySelectorAll("tbody tr").Select(row => row.Words())];
}
