namespace Stoa.Backoffice.Tests;

/// <summary>What holds for every page and every form.</summary>
public class Pages(OpenBuilding open) : IClassFixture<OpenBuilding>
{
    private static readonly string Order = $"/admin/orders/{FakeApi.OrderId}";
    private static readonly string Bowl = $"/admin/products/{FakeApi.BowlId}";

    private static readonly string Customer = $"/admin/customers/{FakeApi.BuyerId}";

    private static readonly string Webhook = $"/admin/webhooks/{FakeApi.WebhookId}";

    public static TheoryData<string> Looked => ["/admin/orders", "/admin/orders?q=anna@example.org&status=paid", Order, "/admin/products", "/admin/products/new", Bowl, "/admin/import", "/admin/stock", "/admin/stock/bowl-S",
        "/admin/customers", Customer, "/admin/attention", "/admin/dead-letters",
        "/admin/webhooks", Webhook, "/admin/messages", $"/admin/messages/{FakeApi.OrderId}/order_paid", "/admin/operations"];

    public static TheoryData<string> Forms => [Order + "/ship", Order + "/deliver", Order + "/cancel", Order + "/refund", "/admin/products/new", Bowl, Bowl + "/delete", "/admin/import", $"/admin/import/{Guid.Empty}/start", "/admin/stock/bowl-S/adjust", "/admin/login", "/admin/logout",
        Customer + "/lock", Customer + "/unlock", "/admin/welcome", "/admin/dead-letters/orders/redrive",
        "/admin/webhooks", Webhook + "/change", Webhook + "/secret", Webhook + "/delete", $"{Webhook}/deliveries/{FakeApi.OrderId}/redeliver", $"/admin/messages/{FakeApi.OrderId}/order_paid/again"];

    [Theory, MemberData(nameof(Looked))]
    public async Task Hold_no_script_and_nothing_that_the_policy_would_stop(string path)
    {
        var page = await (await open.Building.Inside()).Get(path);
        Assert.Equal(200, page.Status);
        Assert.Contains("default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self';", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("no-store", page.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Empty(page.Html.QuerySelectorAll("[style], style, script, [onclick], [onload], iframe, object, embed"));
        Assert.All(page.Html.QuerySelectorAll("form"), form => Assert.StartsWith("/admin/", form.GetAttribute("action"), StringComparison.Ordinal));
    }

    [Theory, InlineData("/admin/orders"), InlineData("/admin/login"), InlineData("/admin/nowhere"), InlineData("/admin/office.css")]
    public async Task Carry_the_safe_headers_before_the_door_too(string path)
    {
        var page = await open.Building.Visitor().Get(path);
        Assert.Contains("frame-ancestors 'none'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Header("X-Content-Type-Options"));
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task Do_nothing_without_their_forms_token(string action)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        await visitor.Get("/admin/orders");
        building.Api.Calls.Clear();
        var page = await visitor.Post(action, ("amount", "1"), ("payment", FakeApi.PaymentId.ToString()), ("key", "k"));
        Assert.Equal(400, page.Status);
        Assert.Equal("This page has grown old", page.Heading);
        Assert.Empty(building.Api.Calls);
    }

    [Fact]
    public async Task Do_nothing_with_another_members_token()
    {
        await using var building = await Building.Open();
        var theirs = await (await building.Inside()).Get(Order);
        var visitor = await building.Inside();
        await visitor.Get(Order);
        Assert.Equal(400, (await visitor.Submit(theirs, Order + "/ship")).Status);
        Assert.Empty(building.Api.CallsTo($"POST /api/orders/{FakeApi.OrderId}/ship"));
    }

    [Fact]
    public async Task Show_hostile_names_as_text()
    {
        await using var building = await Building.Open();
        building.Api.On($"GET /api/orders/{FakeApi.OrderId}", 200, FakeApi.Order("shipped", FakeGateway.HostileName));
        building.Api.On("GET /api/refunds", 200, FakeGateway.List(FakeApi.Refund(100, reason: FakeGateway.HostileName)));
        building.Api.On("GET /api/orders", 200, FakeGateway.List(FakeApi.Order("paid", FakeGateway.HostileName), FakeApi.Order("paid", FakeGateway.HostileName)));
        building.Api.On("GET /api/products", 200, FakeGateway.List(new { name = FakeGateway.HostileName, priceFrom = FakeGateway.Usd(1), variants = new[] { new { sku = "bowl-S", name = FakeGateway.HostileName } } }));
        building.Api.On($"GET {FakeApi.Bowl}", 200, FakeApi.Product(name: FakeGateway.HostileName));
        building.Api.On($"GET {FakeApi.Bowl}/changes", 200, FakeGateway.List(FakeApi.Change(1, "created", new { field = "name", after = FakeGateway.HostileName })));
        building.Api.On("GET /api/stock/bowl-S/movements", 200, FakeGateway.List(new { kind = "adjustment", quantity = 1, reason = FakeGateway.HostileName, at = "2026-11-20T10:00:00Z" }));
        var visitor = await building.Inside();
        foreach (var path in new[] { Order, "/admin/orders", "/admin/orders?q=" + Uri.EscapeDataString(FakeGateway.HostileName), "/admin/products", Bowl, "/admin/stock", "/admin/stock/bowl-S" })
        {
            var page = await visitor.Get(path);
            Assert.Contains(FakeGateway.HostileName, page.Html.Body!.TextContent + page.Input("q"), StringComparison.Ordinal);
            Assert.Empty(page.Html.QuerySelectorAll("script, [onerror], img[src=x]"));
        }
    }

    [Fact]
    public async Task Say_what_is_down_and_what_broke()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        building.Api.On("GET /api/orders", 503, FakeGateway.Refusal(503, "temporarily_unavailable"));
        var down = await visitor.Get("/admin/orders");
        Assert.Equal(503, down.Status);
        Assert.Contains("The list of orders cannot be had", down.Text, StringComparison.Ordinal);
        building.Api.On("GET /api/orders", 200, new { items = new[] { new { id = FakeApi.OrderId } } });
        var broken = await visitor.Get("/admin/orders");
        Assert.Equal(500, broken.Status);
        Assert.DoesNotContain("Exception", broken.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_to_log_in_again_when_the_api_says_that_the_session_is_over()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        building.Api.On("GET /api/orders", 401, FakeGateway.Refusal(401, "unauthenticated"));
        building.Api.On("POST /api/sessions/refresh", 401, FakeGateway.Refusal(401, "refresh_token_invalid"));
        Assert.StartsWith("/admin/login?ended=yes", (await visitor.Get("/admin/orders")).Location, StringComparison.Ordinal);
        Assert.Null(visitor.Cookie("stoa.staff.refresh"));
    }
}
