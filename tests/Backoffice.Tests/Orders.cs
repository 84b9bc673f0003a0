namespace Stoa.Backoffice.Tests;

public class Orders
{
    private static readonly string Page = $"/admin/orders/{FakeApi.OrderId}";
    private static readonly string Call = $"/api/orders/{FakeApi.OrderId}";

    [Theory]
    [InlineData("?status=paid", "?limit=50&status=paid")]
    [InlineData("?q=%23A-1041", "?limit=50&number=A-1041")]
    [InlineData("?q=anna%40example.org&status=shipped", "?limit=50&status=shipped&email=anna%40example.org")]
    public async Task Are_looked_for_by_number_address_and_state(string query, string asked)
    {
        await using var building = await Building.Open();
        var page = await (await building.Inside()).Get("/admin/orders" + query);
        Assert.Equal(200, page.Status);
        Assert.Equal(2, page.Html.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(asked, building.Api.CallsTo("GET /api/orders").Single().Query);
    }

    [Fact]
    public async Task Placed_while_logged_in_are_found_by_their_buyers_address_too()
    {
        await using var building = await Building.Open();
        building.Api.On("GET /api/customers", 200, FakeGateway.List(new { id = FakeApi.BuyerId, name = "Anna", email = "anna@example.org", emailConfirmed = true, createdAt = "2026-11-01T10:00:00Z" }));
        await (await building.Inside()).Get("/admin/orders?q=anna@example.org");
        Assert.Contains($"&buyerId={FakeApi.BuyerId}", building.Api.CallsTo("GET /api/orders").Single().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_is_opened_at_once_by_its_number()
    {
        await using var building = await Building.Open();
        building.Api.On("GET /api/orders", 200, FakeGateway.List(FakeApi.Order("paid")));
        Assert.Equal(Page, (await (await building.Inside()).Get("/admin/orders?q=A-1041")).Location);
    }

    [Fact]
    public async Task None_found_is_said_in_words()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        building.Api.On("GET /api/orders", 200, FakeGateway.List());
        Assert.Contains("No order here has that number", (await visitor.Get("/admin/orders?q=zzz")).Text, StringComparison.Ordinal);
        building.Api.On("GET /api/orders", 422, FakeGateway.Refusal(422, "validation"));
        Assert.Equal(422, (await visitor.Get("/admin/orders?q=" + new string('9', 30))).Status);
    }

    [Fact]
    public async Task Tell_their_story_from_every_service_in_order_of_time()
    {
        await using var building = await Building.Open();
        building.Api.On("GET /api/refunds", 200, FakeGateway.List(FakeApi.Refund(500)));
        var page = await (await building.Inside()).Get(Page);
        string[] story = [.. page.Html.QuerySelectorAll(".story li").Select(entry => entry.QuerySelector("strong")!.TextContent)];
        Assert.Equal(["Placed", "Goods set aside", "Payment of $43.90: succeeded", "Goods taken from the shelf", "Paid", "Refund of $5.00: succeeded"], story);
        Assert.Equal(2, page.Html.QuerySelectorAll(".story-who").Count(who => who.TextContent.Contains("by Kleio", StringComparison.Ordinal)));
        Assert.Contains("anna@example.org", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Say_which_part_of_the_story_is_missing()
    {
        await using var building = await Building.Open();
        building.Api.On("GET /api/refunds", 503, FakeGateway.Refusal(503, "temporarily_unavailable"));
        Assert.Contains("refunds do not answer", (await (await building.Inside()).Get(Page)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("placed", "cancel")]
    [InlineData("awaiting_payment", "cancel")]
    [InlineData("paid", "ship refund cancel")]
    [InlineData("shipped", "deliver refund")]
    [InlineData("delivered", "refund")]
    [InlineData("refunded", "")]
    public async Task Offer_what_can_be_done_in_their_state(string status, string offered)
    {
        await using var building = await Building.Open();
        building.Api.On("GET " + Call, 200, FakeApi.Order(status));
        var page = await (await building.Inside()).Get(Page);
        Assert.Equal(offered.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), page.Html.QuerySelectorAll("main form").Select(form => form.GetAttribute("action")!.Split('/')[^1]).Order());
    }

    [Fact]
    public async Task Are_shipped_with_carrier_and_number()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var done = await visitor.Submit(await visitor.Get(Page), Page + "/ship", ("carrier", " Hermes "), ("trackingNumber", "H-77"));
        Assert.Equal(Page + "?done=shipped", done.Location);
        var sent = building.Api.CallsTo($"POST {Call}/ship").Single();
        Assert.Equal("Hermes", sent.Body.GetProperty("carrier").GetString());
        Assert.Equal("H-77", sent.Body.GetProperty("trackingNumber").GetString());
        Assert.NotNull(sent.Token);
        Assert.Contains("Shipped. The buyer is told", (await visitor.Get(done.Location!)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_delivered_and_cancelled()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        Assert.Equal(Page + "?done=cancelled", (await visitor.Submit(await visitor.Get(Page), Page + "/cancel")).Location);
        building.Api.On("GET " + Call, 200, FakeApi.Order("shipped"));
        Assert.Equal(Page + "?done=delivered", (await visitor.Submit(await visitor.Get(Page), Page + "/deliver")).Location);
        Assert.Single(building.Api.CallsTo($"POST {Call}/cancel"));
        Assert.Single(building.Api.CallsTo($"POST {Call}/deliver"));
    }

    [Theory]
    [InlineData("12.50", 1250)]
    [InlineData("", null)]
    public async Task Are_refunded_in_part_or_whole_once_for_each_page(string typed, int? minor)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var page = await visitor.Get(Page);
        await visitor.Submit(page, Page + "/refund", ("amount", typed), ("reason", "A chip"));
        await visitor.Submit(page, Page + "/refund", ("amount", typed), ("reason", "A chip"));
        var sent = building.Api.CallsTo("POST /api/refunds");
        Assert.Equal(2, sent.Length);
        Assert.Single(sent.Select(call => call.Key).Distinct());
        Assert.Equal(FakeApi.PaymentId, sent[0].Body.GetProperty("paymentId").GetGuid());
        var amount = sent[0].Body.GetProperty("amount");
        Assert.Equal(minor, amount.ValueKind is System.Text.Json.JsonValueKind.Null ? null : amount.GetProperty("amount").GetInt32());
    }

    [Fact]
    public async Task An_amount_that_is_none_is_sent_nowhere()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var page = await visitor.Submit(await visitor.Get(Page), Page + "/refund", ("amount", "a lot"));
        Assert.Equal(422, page.Status);
        Assert.Contains("is a number such as", page.Text, StringComparison.Ordinal);
        Assert.Empty(building.Api.CallsTo("POST /api/refunds"));
    }

    [Theory]
    [InlineData("ship", 409, "wrong_status")]
    [InlineData("ship", 422, "validation")]
    [InlineData("cancel", 409, "refund_failed")]
    public async Task Show_why_something_was_refused(string verb, int status, string code)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        building.Api.On($"POST {Call}/{verb}", status, FakeGateway.Refusal(status, code, new { errors = new { carrier = new[] { "must be 1 to 100 characters" } } }));
        var page = await visitor.Submit(await visitor.Get(Page), $"{Page}/{verb}", verb is "ship" ? [("carrier", ""), ("trackingNumber", "")] : []);
        Assert.Equal(status, page.Status);
        var notice = page.Html.QuerySelector("[role=alert]")!.TextContent;
        Assert.Contains("That was not done.", notice, StringComparison.Ordinal);
        Assert.Contains("The carrier must be 1 to 100 characters.", notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_are_nowhere_are_404()
    {
        await using var building = await Building.Open();
        Assert.Equal(404, (await (await building.Inside()).Get("/admin/orders/0195e2a0-0000-7000-8000-0000000000ff")).Status);
    }

    [Fact]
    public async Task Of_an_erased_buyer_say_so()
    {
        await using var building = await Building.Open();
        building.Api.On("GET " + Call, 200, new { id = FakeApi.OrderId, number = "A-1041", status = "delivered", items = Array.Empty<object>(), subtotal = FakeGateway.Usd(0), shipping = FakeGateway.Usd(0), tax = FakeGateway.Usd(0), total = FakeGateway.Usd(0), createdAt = "2026-11-21T22:00:00Z" });
        Assert.Contains("Erased at the buyer", (await (await building.Inside()).Get(Page)).Text, StringComparison.Ordinal);
    }
}
