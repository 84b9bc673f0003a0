namespace Stoa.Backoffice.Tests;

/// <summary>The attention list and the dead letters.</summary>
public class Trouble
{
    private static readonly string[] Services = ["orders", "payments", "inventory", "notifications", "carts", "products"];

    [Fact]
    public async Task Each_row_says_what_since_when_who_tells_it_and_where_it_is_solved()
    {
        await using var building = await Building.Open();
        building.Api.On("GET /api/attention/payments", 200, FakeApi.Attention("refund_escalated", 31, ("r-1", FakeApi.OrderId, "2026-11-20T10:00:00Z", "12.00 USD")));
        building.Api.On("GET /api/attention/orders", 200, FakeApi.Attention("dead_letters", 2, ("payments/settlement", null, "2026-11-19T10:00:00Z", "2 parked")));
        building.Api.On("GET /api/attention/notifications", 200, FakeApi.Attention("webhook_switched_off", 1, (FakeApi.PaymentId.ToString(), null, "2026-11-21T10:00:00Z", "erp.example, failing")));
        var page = await (await building.Inside()).Get("/admin/attention");
        string[] heads = [.. page.Html.QuerySelectorAll("section h2").Select(head => head.TextContent.Trim())];
        Assert.Equal(["2 Events that orders could not take in", "31 Refunds of which nobody knows whether they went out", "1 Webhooks that were switched off"], heads);
        Assert.Equal(["/admin/dead-letters#orders", $"/admin/orders/{FakeApi.OrderId}", $"/admin/webhooks/{FakeApi.PaymentId}"],
            page.Html.QuerySelectorAll("tbody th a").Select(link => link.GetAttribute("href")!));
        var refunds = page.Html.QuerySelectorAll("section")[1].TextContent;
        foreach (var text in (string[])["20 Nov, 10:00 UTC", "told by payments", "docs/runbook/refund-needs-a-person.md", "12.00 USD"]) Assert.Contains(text, refunds, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refund_failed", "refund-needs-a-person"), InlineData("late_success", "late-success"), InlineData("money_differs", "money-differs")]
    [InlineData("log_diverged", "log-diverged"), InlineData("message_failed", "message-failed"), InlineData("webhook_switched_off", "webhook-switched-off"), InlineData("dead_letters", "dead-letters")]
    public async Task Each_kind_names_a_page_of_the_runbook_that_exists(string kind, string page)
    {
        await using var building = await Building.Open();
        building.Api.On("GET /api/attention/payments", 200, FakeApi.Attention(kind, 1, ("x.y", null, null, "")));
        Assert.Contains($"docs/runbook/{page}.md", (await (await building.Inside()).Get("/admin/attention")).Text, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Root(), "docs", "runbook", page + ".md")));
    }

    [Fact]
    public async Task Nothing_is_said_to_wait_only_when_every_service_was_asked()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        Assert.Contains("Every service was asked just now", (await visitor.Get("/admin/attention")).Text, StringComparison.Ordinal);
        Assert.All(Services, service => Assert.Single(building.Api.CallsTo($"GET /api/attention/{service}")));
        building.Api.On("GET /api/attention/payments", 503, FakeGateway.Refusal(503, "temporarily_unavailable"));
        var partly = await visitor.Get("/admin/attention");
        Assert.DoesNotContain("Every service was asked", partly.Text, StringComparison.Ordinal);
        Assert.Contains("may hold more: payments", partly.Html.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        foreach (var service in Services) building.Api.On($"GET /api/attention/{service}", 503, FakeGateway.Refusal(503, "temporarily_unavailable"));
        Assert.Equal(503, (await visitor.Get("/admin/attention")).Status);
    }

    [Fact]
    public async Task Dead_letters_are_shown_whole_with_why_and_since_when()
    {
        await using var building = await Building.Open();
        building.Api.On("GET /api/dead-letters/orders", 200, FakeGateway.List(FakeApi.DeadLetter()));
        var page = await (await building.Inside()).Get("/admin/dead-letters");
        Assert.Equal("orders could not take in one event", page.Html.QuerySelector("#orders")!.TextContent.Trim());
        var row = page.Html.QuerySelector("[aria-labelledby=orders] tbody tr")!;
        foreach (var text in (string[])["payment.succeeded", "BrokenRuleException: no such order", "\"paymentId\"", "21 Nov, 22:00 UTC", "payments/settlement, position 7"])
            Assert.Contains(text, row.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/admin/orders/{FakeApi.OrderId}", row.QuerySelector("a")!.GetAttribute("href"));
        var redriven = page.Html.QuerySelector("[aria-labelledby=redriven] tbody tr")!.TextContent;
        Assert.Contains("Kleio", redriven, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_subject_or_all_of_a_service_is_tried_again()
    {
        await using var building = await Building.Open();
        building.Api.On("GET /api/dead-letters/orders", 200, FakeGateway.List(FakeApi.DeadLetter()));
        building.Api.On("POST /api/dead-letters/orders/redrive", 200, new { redriven = 2, left = Array.Empty<string>() });
        var visitor = await building.Inside();
        var page = await visitor.Get("/admin/dead-letters");
        Assert.Equal("/admin/dead-letters?done=2", (await visitor.Submit(page, "/admin/dead-letters/orders/redrive")).Location);
        await visitor.Submit(page, "/admin/dead-letters/orders/redrive", ("source", "payments"), ("purpose", "settlement"), ("subject", FakeApi.OrderId.ToString()));
        var sent = building.Api.CallsTo("POST /api/dead-letters/orders/redrive").Select(call => call.Body.GetProperty("subject").GetString());
        Assert.Equal([null, FakeApi.OrderId.ToString()], sent);
        Assert.Contains("2 events took effect", (await visitor.Get("/admin/dead-letters?done=2")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await visitor.Post("/admin/dead-letters/elsewhere/redrive", ("__RequestVerificationToken", page.Input("__RequestVerificationToken")!))).Status);
    }

    [Fact]
    public async Task What_still_fails_is_said()
    {
        await using var building = await Building.Open();
        building.Api.On("GET /api/dead-letters/orders", 200, FakeGateway.List(FakeApi.DeadLetter()));
        building.Api.On("POST /api/dead-letters/orders/redrive", 200, new { redriven = 0, left = new[] { "payments/settlement x: still no such order" } });
        var visitor = await building.Inside();
        var page = await visitor.Submit(await visitor.Get("/admin/dead-letters"), "/admin/dead-letters/orders/redrive");
        Assert.Contains("still no such order", page.Html.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Stoa.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
