namespace Stoa.Backoffice.Tests;

public class Webhooks
{
    private static readonly string Page = $"/admin/webhooks/{FakeApi.WebhookId}";
    private static readonly string Call = $"/api/webhooks/{FakeApi.WebhookId}";

    [Fact]
    public async Task Are_listed_with_how_they_do()
    {
        await using var building = await Building.Open();
        building.Api.On("GET /api/webhooks", 200, FakeGateway.List(FakeApi.Webhook(), FakeApi.Webhook(failingSince: "2026-11-21T22:00:00Z"), FakeApi.Webhook(offReason: "failing"), FakeApi.Webhook(offReason: "gone"), FakeApi.Webhook(offReason: "staff")));
        var page = await (await building.Inside()).Get("/admin/webhooks");
        Assert.Equal(["on", "fails since 21 Nov, 22:00 UTC", "switched off: it failed for days", "switched off: it is gone", "off"], page.Html.QuerySelectorAll("tbody .state").Select(state => state.TextContent));
        Assert.Equal(Page, page.Html.QuerySelector("tbody a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task One_is_registered_and_its_secret_shown_once()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var made = await visitor.Submit(await visitor.Get("/admin/webhooks"), "/admin/webhooks", ("url", "https://erp.example/stoa"), ("events", "order.paid"), ("events", "order.shipped"), ("secret", ""));
        Assert.Equal((200, "whsec_new"), (made.Status, made.Html.QuerySelector("#secret")!.TextContent));
        Assert.DoesNotContain(made.SetCookies, cookie => cookie.Contains("whsec_", StringComparison.Ordinal));
        var sent = building.Api.CallsTo("POST /api/webhooks").Single().Body;
        Assert.Equal(["order.paid", "order.shipped"], sent.GetProperty("events").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, sent.GetProperty("secret").ValueKind);
        Assert.DoesNotContain("whsec_", (await visitor.Get(Page)).Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(422, "validation"), InlineData(409, "too_many_webhooks")]
    public async Task A_refused_registration_says_why_and_keeps_what_was_typed(int status, string code)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        building.Api.On("POST /api/webhooks", status, FakeGateway.Refusal(status, code, new { errors = new { url = new[] { "must be https" } } }));
        var page = await visitor.Submit(await visitor.Get("/admin/webhooks"), "/admin/webhooks", ("url", "http://erp.example"), ("events", "order.paid"), ("secret", ""));
        Assert.Equal(status, page.Status);
        Assert.Contains("The address must be https.", page.Html.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("http://erp.example", page.Input("url"));
        Assert.NotNull(page.Html.QuerySelector("input[value='order.paid'][checked]"));
    }

    [Fact]
    public async Task One_shows_its_log_and_who_changed_it()
    {
        await using var building = await Building.Open();
        var page = await (await building.Inside()).Get(Page + "?status=failed");
        Assert.Equal("?limit=20&status=failed", building.Api.CallsTo($"GET {Call}/deliveries").Single().Query);
        var delivery = page.Html.QuerySelector("[aria-labelledby=log] tbody tr")!.TextContent;
        foreach (var text in (string[])["order.paid", "failed", "503, 12 ms", "timed out, 15000 ms", "\"orderId\""]) Assert.Contains(text, delivery, StringComparison.Ordinal);
        var changes = page.Html.QuerySelectorAll("[aria-labelledby=done] tbody tr").Select(row => row.TextContent).ToArray();
        Assert.Contains("the store itself", changes[0], StringComparison.Ordinal);
        Assert.Contains("status: on → off", changes[0], StringComparison.Ordinal);
        Assert.Contains("Kleio", changes[1], StringComparison.Ordinal);
    }

    [Theory, InlineData("off", false), InlineData("on", true)]
    public async Task One_is_switched(string verb, bool enabled)
    {
        await using var building = await Building.Open();
        if (enabled) building.Api.On("GET " + Call, 200, FakeApi.WebhookAndHistory(FakeApi.Webhook(offReason: "failing")));
        var visitor = await building.Inside();
        Assert.Equal($"{Page}?done={verb}", (await visitor.Submit(await visitor.Get(Page), $"{Page}/{verb}")).Location);
        Assert.Equal(enabled, building.Api.CallsTo("PATCH " + Call).Single().Body.GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task One_is_changed_given_a_new_secret_and_deleted()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var page = await visitor.Get(Page);
        Assert.Equal(Page + "?done=changed", (await visitor.Submit(page, Page + "/change", ("url", "https://erp.example/new"), ("events", "order.paid"))).Location);
        Assert.Equal("https://erp.example/new", building.Api.CallsTo("PATCH " + Call).Single().Body.GetProperty("url").GetString());
        var rotated = await visitor.Submit(page, Page + "/secret");
        Assert.Equal((200, "whsec_new"), (rotated.Status, rotated.Html.QuerySelector("#secret")!.TextContent));
        Assert.Equal("/admin/webhooks?done=deleted", (await visitor.Submit(page, Page + "/delete")).Location);
        Assert.Single(building.Api.CallsTo("DELETE " + Call));
    }

    [Fact]
    public async Task A_delivery_is_sent_again_or_it_is_said_why_not()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var (page, action) = (await visitor.Get(Page), $"{Page}/deliveries/{FakeApi.OrderId}/redeliver");
        Assert.Equal(Page + "?done=again", (await visitor.Submit(page, action)).Location);
        building.Api.On($"POST {Call}/deliveries/{FakeApi.OrderId}/redeliver", 409, FakeGateway.Refusal(409, "webhook_off"));
        var refused = await visitor.Submit(page, action);
        Assert.Equal(409, refused.Status);
        Assert.Contains("webhook_off", refused.Html.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_not_there_is_missing()
    {
        await using var building = await Building.Open();
        Assert.Equal(404, (await (await building.Inside()).Get($"/admin/webhooks/{FakeApi.BuyerId}")).Status);
    }
}

public class Messages
{
    private static readonly string Page = $"/admin/messages/{FakeApi.OrderId}/order_paid";
    private static readonly string Call = $"/api/messages/{FakeApi.OrderId}/order_paid";

    [Theory, InlineData("?status=failed", "?limit=50&status=failed"), InlineData("?status=lost", "?limit=50"), InlineData("", "?limit=50")]
    public async Task Are_listed_by_state(string query, string asked)
    {
        await using var building = await Building.Open();
        building.Api.On("GET /api/messages", 200, FakeGateway.List(FakeApi.Message("failed"), FakeApi.Message("sent"), FakeApi.Message("waiting"), FakeApi.Message("undeliverable")));
        var page = await (await building.Inside()).Get("/admin/messages" + query);
        Assert.Equal(asked, building.Api.CallsTo("GET /api/messages").Single().Query);
        Assert.Equal(["given up", "sent", "waiting", "nobody to write to"], page.Html.QuerySelectorAll("tbody .state").Select(state => state.TextContent));
    }

    [Fact]
    public async Task One_shows_to_whom_it_goes_what_it_says_and_how_it_went()
    {
        await using var building = await Building.Open();
        var page = await (await building.Inside()).Get(Page);
        foreach (var text in (string[])["anna@example.org", "your order is paid", "Dear Anna", "3 tries", "the mail server: MailboxBusy"]) Assert.Contains(text, page.Text, StringComparison.Ordinal);
        Assert.Contains(page.Html.QuerySelectorAll("main a"), link => link.GetAttribute("href") == $"/admin/orders/{FakeApi.OrderId}");
    }

    [Theory, InlineData(true, "does not answer"), InlineData(false, "There is nobody to write to")]
    public async Task One_without_a_reader_says_why(bool isUnknown, string words)
    {
        await using var building = await Building.Open();
        building.Api.On("GET " + Call, 200, FakeApi.MessageAndMail("sent", hasMail: false, isUnknown));
        Assert.Contains(words, (await (await building.Inside()).Get(Page)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_is_sent_again_or_it_is_said_why_not()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var page = await visitor.Get(Page);
        Assert.Equal(Page + "?done=again", (await visitor.Submit(page, Page + "/again")).Location);
        Assert.Single(building.Api.CallsTo($"POST {Call}/send-again"));
        building.Api.On($"POST {Call}/send-again", 409, FakeGateway.Refusal(409, "message_not_repeatable"));
        var refused = await visitor.Submit(page, Page + "/again");
        Assert.Equal(409, refused.Status);
        Assert.Contains("message_not_repeatable", refused.Html.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_cannot_be_sent_again_has_no_button_and_one_that_is_nowhere_is_missing()
    {
        await using var building = await Building.Open();
        building.Api.On("GET " + Call, 200, FakeApi.MessageAndMail("undeliverable", hasMail: false, isUnknown: false));
        var visitor = await building.Inside();
        Assert.Null((await visitor.Get(Page)).Html.QuerySelector($"form[action='{Page}/again']"));
        Assert.Equal(404, (await visitor.Get($"/admin/messages/{FakeApi.OrderId}/order_placed")).Status);
    }
}
