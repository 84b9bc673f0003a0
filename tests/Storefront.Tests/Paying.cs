namespace Stoa.Storefront.Tests;

public class Paying
{
    private static readonly string PayPage = $"/orders/{FakeApi.OrderId}/pay";

    [Fact]
    public async Task Leads_to_the_order_when_it_went_through()
    {
        await using var shop = await Shop.Open();
        var page = await shop.Visitor.Submit(await shop.Visitor.Get(PayPage), PayPage, ("method", "pm_card_visa"));
        Assert.Equal($"/orders/{FakeApi.OrderId}", page.Location);
        var call = shop.Api.CallsTo("POST /api/payments").Single();
        Assert.Equal("pm_card_visa", call.Body.GetProperty("method").GetString());
        Assert.EndsWith($"/orders/{FakeApi.OrderId}/bank", call.Body.GetProperty("returnUrl").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_a_decline_keeps_the_order_and_takes_a_new_key_for_the_next_try()
    {
        await using var shop = await Shop.Open();
        var first = await shop.Visitor.Get(PayPage);
        shop.Api.On("POST /api/payments", 402, FakeApi.Refusal(402, "payment_declined", new { declineCode = "insufficient_funds" }));
        shop.Api.On("GET /api/payments", 200, FakeApi.List(FakeApi.Payment("declined", declineCode: "insufficient_funds")));
        Assert.Equal(PayPage, (await shop.Visitor.Submit(first, PayPage)).Location);
        var second = await shop.Visitor.Get(PayPage);
        var alert = second.Html.QuerySelector("[role=alert]")!.TextContent;
        Assert.Contains("not enough money", alert, StringComparison.Ordinal);
        Assert.Contains("Nothing was charged", alert, StringComparison.Ordinal);
        Assert.Contains("order is kept", alert, StringComparison.Ordinal);
        Assert.NotEqual(first.Input("key"), second.Input("key"));
    }

    [Fact]
    public async Task Sends_one_key_for_a_double_click()
    {
        await using var shop = await Shop.Open();
        var page = await shop.Visitor.Get(PayPage);
        await Task.WhenAll(shop.Visitor.Submit(page, PayPage), shop.Visitor.Submit(page, PayPage));
        Assert.Single(shop.Api.CallsTo("POST /api/payments").Select(call => call.Key).Distinct());
    }

    [Fact]
    public async Task Leads_to_the_bank_by_a_link_of_our_own_page()
    {
        await using var shop = await Shop.Open();
        var bank = FakeApi.Payment("requires_action", nextActionUrl: "http://127.0.0.1:9/3ds/1");
        shop.Api.On("POST /api/payments", 202, bank);
        shop.Api.On("GET /api/payments", 200, FakeApi.List(bank));
        Assert.Equal(PayPage, (await shop.Visitor.Submit(await shop.Visitor.Get(PayPage), PayPage)).Location);
        Assert.NotNull((await shop.Visitor.Get(PayPage)).Html.QuerySelector("a.button[href='http://127.0.0.1:9/3ds/1']"));
    }

    [Theory]
    [InlineData("succeeded", ""), InlineData("processing", ""), InlineData("declined", "/pay")]
    public async Task Believes_payments_and_not_the_address_after_the_bank(string status, string leadsTo)
    {
        await using var shop = await Shop.Open();
        shop.Api.On("GET /api/payments", 200, FakeApi.List(FakeApi.Payment(status)));
        var page = await shop.Visitor.Get($"/orders/{FakeApi.OrderId}/bank?redirect_status=succeeded");
        Assert.Equal($"/orders/{FakeApi.OrderId}{leadsTo}", page.Location);
    }

    [Theory]
    [InlineData("processing", ""), InlineData("succeeded", ""), InlineData("requires_action", "/pay"), InlineData("declined", "/pay")]
    public async Task An_order_whose_payment_took_long_leads_on_as_the_provider_decides(string status, string leadsTo)
    {
        await using var shop = await Shop.Open();
        shop.Api.On("GET /api/payments", 200, FakeApi.List(FakeApi.Payment("processing")));
        var order = await shop.Visitor.Get($"/orders/{FakeApi.OrderId}");
        var next = order.Html.QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content")!.Split("url=")[1];
        shop.Api.On("GET /api/payments", 200, FakeApi.List(FakeApi.Payment(status)));
        Assert.Equal($"/orders/{FakeApi.OrderId}{leadsTo}", (await shop.Visitor.Get(next)).Location);
    }

    [Fact]
    public async Task Asks_the_bank_again_a_few_times_and_then_offers_to_pay()
    {
        await using var shop = await Shop.Open();
        shop.Api.On("GET /api/payments", 200, FakeApi.List(FakeApi.Payment("requires_action", "https://bank.example/")));
        var next = $"/orders/{FakeApi.OrderId}/bank";
        for (var look = 0; look < 20; look++)
        {
            var page = await shop.Visitor.Get(next);
            if (page.Status == 303)
            {
                Assert.Equal(PayPage, page.Location);
                return;
            }
            next = page.Html.QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content")!.Split("url=")[1];
        }
        Assert.Fail("The page asks for ever.");
    }

    [Theory]
    [InlineData("order_already_paid"), InlineData("order_closed"), InlineData("order_not_ready"), InlineData("payment_in_flight")]
    public async Task Shows_the_order_when_there_is_nothing_to_pay_now(string code)
    {
        await using var shop = await Shop.Open();
        shop.Api.On("POST /api/payments", 409, FakeApi.Refusal(409, code));
        Assert.Equal($"/orders/{FakeApi.OrderId}", (await shop.Visitor.Submit(await shop.Visitor.Get(PayPage), PayPage)).Location);
    }

    [Fact]
    public async Task Says_pay_later_while_payments_are_away()
    {
        await using var shop = await Shop.Open();
        shop.Api.On("GET /api/payments", 503, FakeApi.Refusal(503, "temporarily_unavailable"));
        var page = await shop.Visitor.Get(PayPage);
        Assert.Equal(200, page.Status);
        Assert.Contains("nothing is lost if you pay later", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offers_test_cards_only_while_the_sandbox_runs()
    {
        await using var shop = await Shop.Open(new() { ["Stoa:Sandbox"] = "false" });
        var page = await shop.Visitor.Get(PayPage);
        Assert.DoesNotContain("pm_card", page.Text, StringComparison.Ordinal);
        Assert.Contains("no card number ever reaches this shop", page.Text, StringComparison.Ordinal);
        await shop.Visitor.Submit(page, PayPage);
        Assert.Equal("checkout", shop.Api.CallsTo("POST /api/payments").Single().Body.GetProperty("method").GetString());
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Leads_on_to_stripes_page_once_and_by_a_link_whenever_the_shopper_comes_back(string sandbox)
    {
        await using var shop = await Shop.Open(new() { ["Stoa:Sandbox"] = sandbox });
        var first = await shop.Visitor.Get(PayPage);
        var waiting = FakeApi.Payment("requires_action", nextActionUrl: "https://checkout.stripe.com/c/pay/cs_1#a", type: "checkout");
        shop.Api.On("POST /api/payments", 202, waiting);
        shop.Api.On("GET /api/payments", 200, FakeApi.List(waiting));
        var onward = (await shop.Visitor.Submit(first, PayPage, ("method", "checkout"))).Location!;
        var page = await shop.Visitor.Get(onward);
        Assert.Equal("0; url=https://checkout.stripe.com/c/pay/cs_1#a", page.Html.QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content"));
        Assert.Contains("form-action 'self';", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        var back = await shop.Visitor.Get(PayPage);
        Assert.Null(back.Html.QuerySelector("meta[http-equiv=refresh]"));
        Assert.NotNull(back.Html.QuerySelector("a.button[href='https://checkout.stripe.com/c/pay/cs_1#a']"));
    }

    [Fact]
    public async Task Who_turned_back_on_stripes_page_may_choose_again_at_once()
    {
        await using var shop = await Shop.Open();
        shop.Api.On("GET /api/payments", 200, FakeApi.List(FakeApi.Payment("requires_action", "https://checkout.stripe.com/c/pay/cs_1", type: "checkout")));
        Assert.Equal(PayPage, (await shop.Visitor.Get($"/orders/{FakeApi.OrderId}/bank?redirect_status=canceled")).Location);
        shop.Api.On("GET /api/payments", 200, FakeApi.List(FakeApi.Payment("succeeded")));
        Assert.Equal($"/orders/{FakeApi.OrderId}", (await shop.Visitor.Get($"/orders/{FakeApi.OrderId}/bank?redirect_status=canceled")).Location);
    }

    [Theory]
    [InlineData("placed", true), InlineData("closing", true), InlineData("paid", true), InlineData("shipped", true), InlineData("refunding", true)]
    [InlineData("cancelled", false), InlineData("delivered", false), InlineData("awaiting_payment", false)]
    public async Task Tracking_looks_again_by_itself_only_while_something_will_change(string status, bool looksAgain)
    {
        await using var shop = await Shop.Open();
        shop.Api.On($"GET /api/orders/{FakeApi.OrderId}", 200, FakeApi.Order(status));
        var page = await shop.Visitor.Get($"/orders/{FakeApi.OrderId}");
        Assert.Equal((looksAgain, looksAgain), (page.Html.QuerySelector("head noscript meta[http-equiv=refresh]") is not null, page.Html.QuerySelector("main[data-every]") is not null));
    }

    [Fact]
    public async Task Another_buyers_order_is_not_there()
    {
        await using var shop = await Shop.Open();
        var page = await shop.Visitor.Get("/orders/0195e2a0-0000-7000-8000-00000000ffff");
        Assert.Equal(404, page.Status);
        Assert.Equal("Not under our roof", page.Heading);
    }
}
