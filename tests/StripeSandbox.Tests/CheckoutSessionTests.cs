using System.Text.Json;
using Stoa.Kit;

namespace Stoa.StripeSandbox.Tests;

/// <summary>Sessions and their hosted page, as Stripe's behave.</summary>
public sealed class CheckoutSessionTests(Bank bank) : IClassFixture<Bank>
{
    private const string Back = "https://shop.example/orders/7/bank?session={CHECKOUT_SESSION_ID}";
    private const string Away = "https://shop.example/orders/7/pay";

    private Task<Reply> Create(params (string Name, object Value)[] more) => bank.Post("/v1/checkout/sessions", Usual(more));

    private static (string, object)[] Usual(params (string Name, object Value)[] more)
    {
        (string Name, object Value)[] usual =
        [
            ("mode", "payment"), ("success_url", Back), ("cancel_url", Away), ("client_reference_id", "7"), ("metadata[order_id]", "7"),
            ("line_items[0][quantity]", 2), ("line_items[0][price_data][currency]", "usd"), ("line_items[0][price_data][unit_amount]", 1000),
            ("line_items[0][price_data][product_data][name]", "Bowl"), ("payment_intent_data[metadata][order_id]", "7"), ("payment_intent_data[description]", "Order 7"),
        ];
        return [.. usual.Where(one => !more.Any(other => other.Name == one.Name)), .. more.Where(one => one.Value is not "")];
    }

    private Task<Reply> Read(string session) => bank.Get($"/v1/checkout/sessions/{session}?expand[]=payment_intent.payment_method");

    private async Task<Reply> Page(string url) => await bank.Store.Api("sandbox").Get(new Uri(url).PathAndQuery);

    private async Task<string> Submit(string url, string field, string value)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(bank.Store.Url("sandbox")) };
        var reply = await new Api(http).Post(new Uri(url).PathAndQuery, new FormUrlEncodedContent([KeyValuePair.Create(field, value)]));
        return reply.Status == 303 ? reply.Header("Location")! : reply.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private Task<string> Pay(JsonElement session, string method) => Submit(session.At("url"), "method", method);

    private async Task<int> Charges(string intent) => (await bank.Get("/v1/charges?payment_intent=" + intent)).Ok().Json.GetProperty("data").EnumerateArray().Count(one => one.At("status") == "succeeded");

    [Fact]
    public async Task An_open_one_has_a_page_no_intent_yet_and_a_day_to_live()
    {
        var made = (await Create()).Ok();
        Assert.StartsWith("cs_test_", made.At("id"), StringComparison.Ordinal);
        Assert.Equal("checkout.session open unpaid payment 2000 usd 7 ", $"{made.At("object")} {made.At("status")} {made.At("payment_status")} {made.At("mode")} {made.At("amount_total")} {made.At("currency")} {made.At("client_reference_id")} {made.At("payment_intent")}");
        Assert.Equal(24 * 3600, made.Json.GetProperty("expires_at").GetInt64() - made.Json.GetProperty("created").GetInt64());
        var page = await Page(made.At("url"));
        Assert.Equal(200, page.Status);
        Assert.Contains("Bowl", page.Body, StringComparison.Ordinal);
        Assert.Contains("$20.00", page.Body, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' https://shop.example;", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_that_goes_through_completes_it_and_leads_back_to_the_shop()
    {
        var made = (await Create()).Ok().Json;
        Assert.Equal(Back.Replace("{CHECKOUT_SESSION_ID}", made.At("id"), StringComparison.Ordinal), await Pay(made, "pm_card_visa"));
        var paid = (await Read(made.At("id"))).Ok();
        Assert.Equal("complete paid ", $"{paid.At("status")} {paid.At("payment_status")} {paid.At("url")}");
        Assert.Equal("succeeded 2000 Order 7 7 4242", $"{paid.At("payment_intent.status")} {paid.At("payment_intent.amount_received")} {paid.At("payment_intent.description")} {paid.At("payment_intent.metadata.order_id")} {paid.At("payment_intent.payment_method.card.last4")}");
        Assert.Equal(["checkout.session.completed"], await bank.EventTypes(made.At("id")));
        Assert.Equal(["payment_intent.created", "payment_intent.succeeded"], await bank.EventTypes(paid.At("payment_intent.id")));
        Assert.Contains("The payment went through", (await Page(made.At("url"))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decline_is_told_on_the_page_and_the_next_card_pays_on_the_same_intent()
    {
        var made = (await Create()).Ok().Json;
        Assert.Equal(made.At("url"), await Pay(made, "pm_card_visa_chargeDeclinedInsufficientFunds"));
        Assert.Contains("insufficient funds", (await Page(made.At("url"))).Body, StringComparison.Ordinal);
        var open = (await Read(made.At("id"))).Ok();
        Assert.Equal("open requires_payment_method", $"{open.At("status")} {open.At("payment_intent.status")}");
        await Pay(made, "pm_card_mastercard");
        Assert.Equal(open.At("payment_intent.id"), (await Read(made.At("id"))).At("payment_intent.id"));
        Assert.Equal(1, await Charges(open.At("payment_intent.id")));
    }

    [Fact]
    public async Task Two_clicks_and_a_page_left_open_pay_once()
    {
        var made = (await Create()).Ok().Json;
        var ways = await Task.WhenAll(Pay(made, "pm_card_visa"), Pay(made, "pm_card_visa"), Pay(made, "pm_card_mastercard"));
        Assert.Single(ways.Append(await Pay(made, "pm_card_visa")).Distinct());
        Assert.Equal(1, await Charges((await Read(made.At("id"))).At("payment_intent.id")));
    }

    [Theory]
    [InlineData("yes", "complete")]
    [InlineData("no", "open")]
    public async Task The_bank_asks_and_its_page_leads_to_the_shop_or_back_to_choose_another_card(string decision, string status)
    {
        var made = (await Create()).Ok().Json;
        var bankPage = await Pay(made, "pm_card_authenticationRequired");
        Assert.Contains("form-action 'self' https://shop.example;", (await Page(bankPage)).Header("Content-Security-Policy"), StringComparison.Ordinal);
        var next = await Submit(bankPage, "decision", decision);
        Assert.Equal(decision == "yes", next.StartsWith("https://shop.example/orders/7/bank", StringComparison.Ordinal));
        Assert.Equal(decision == "no", next == made.At("url"));
        Assert.Equal(status, (await Read(made.At("id"))).At("status"));
    }

    [Fact]
    public async Task An_expired_one_cancels_what_was_begun_and_nothing_can_be_paid_on_its_page()
    {
        var made = (await Create()).Ok().Json;
        var bankPage = await Pay(made, "pm_card_authenticationRequired");
        var expired = (await bank.Post($"/v1/checkout/sessions/{made.At("id")}/expire")).Ok();
        Assert.Equal("expired unpaid ", $"{expired.At("status")} {expired.At("payment_status")} {expired.At("url")}");
        Assert.Equal(made.At("url"), await Submit(bankPage, "decision", "yes"));
        await Pay(made, "pm_card_visa");
        var read = await Read(made.At("id"));
        Assert.Equal("expired canceled expired", $"{read.At("status")} {read.At("payment_intent.status")} {read.At("payment_intent.cancellation_reason")}");
        Assert.Equal(0, await Charges(read.At("payment_intent.id")));
        Assert.Contains("This page has expired", (await Page(made.At("url"))).Body, StringComparison.Ordinal);
        Assert.Equal(["checkout.session.expired"], await bank.EventTypes(made.At("id")));
    }

    [Fact]
    public async Task Expires_by_itself_when_its_time_is_over()
    {
        var clock = new ManualClock();
        await using var other = await Bank.Start(clock);
        var end = clock.GetUtcNow().AddMinutes(31).ToUnixTimeSeconds();
        var made = (await other.Post("/v1/checkout/sessions", Usual(("expires_at", end)))).Ok();
        clock.Advance(TimeSpan.FromMinutes(32));
        await Eventually.Is(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return (await other.Get("/v1/checkout/sessions/" + made.At("id"))).At("status") == "expired";
        }, "the session expired");
    }

    [Theory]
    [InlineData("complete")]
    [InlineData("expired")]
    public async Task Only_an_open_one_can_be_expired(string status)
    {
        var made = (await Create()).Ok().Json;
        if (status == "complete") await Pay(made, "pm_card_visa");
        else await bank.Post($"/v1/checkout/sessions/{made.At("id")}/expire");
        (await bank.Post($"/v1/checkout/sessions/{made.At("id")}/expire")).Refuses(400, "invalid_request_error");
    }

    [Fact]
    public async Task Its_intent_is_confirmed_and_canceled_by_nobody_else()
    {
        var made = (await Create()).Ok().Json;
        await Pay(made, "pm_card_visa_chargeDeclined");
        var intent = (await Read(made.At("id"))).At("payment_intent.id");
        (await bank.Confirm(intent, "pm_card_visa", ("return_url", Away))).Refuses(400, "invalid_request_error");
        (await bank.Post($"/v1/payment_intents/{intent}/cancel")).Refuses(400, "invalid_request_error");
    }

    [Fact]
    public async Task A_list_may_be_of_one_intent_or_one_status()
    {
        var (paid, open) = ((await Create()).Ok().Json, (await Create()).Ok().Json);
        await Pay(paid, "pm_card_visa");
        var intent = (await Read(paid.At("id"))).At("payment_intent.id");
        Assert.Equal([paid.At("id")], Ids(await bank.Get("/v1/checkout/sessions?payment_intent=" + intent)));
        Assert.Contains(open.At("id"), Ids(await bank.Get("/v1/checkout/sessions?limit=100&status=open")));
        Assert.DoesNotContain(paid.At("id"), Ids(await bank.Get("/v1/checkout/sessions?limit=100&status=open")));
    }

    [Fact]
    public async Task The_same_key_makes_the_same_session()
    {
        var first = (await bank.Keyed("session-key", "/v1/checkout/sessions", Usual())).Ok();
        var second = (await bank.Keyed("session-key", "/v1/checkout/sessions", Usual())).Ok();
        Assert.Equal((first.At("id"), "true"), (second.At("id"), second.Header("Idempotent-Replayed")));
        (await bank.Keyed("session-key", "/v1/checkout/sessions", Usual(("client_reference_id", "8")))).Refuses(400, "idempotency_error");
    }

    [Theory]
    [InlineData("success_url", "", "parameter_missing", "success_url")]
    [InlineData("success_url", "javascript:alert(1)", "url_invalid", "success_url")]
    [InlineData("mode", "subscription", "", "mode")]
    [InlineData("line_items[0][quantity]", "", "parameter_missing", "line_items[0][quantity]")]
    [InlineData("line_items[0][quantity]", "0", "parameter_invalid_integer", "line_items[0][quantity]")]
    [InlineData("line_items[0][price_data][unit_amount]", "ten", "parameter_invalid_integer", "line_items[0][price_data][unit_amount]")]
    [InlineData("line_items[0][price_data][unit_amount]", "1", "amount_too_small", "line_items")]
    [InlineData("line_items[0][price_data][currency]", "xyz", "", "line_items")]
    [InlineData("line_items[0][price_data][product_data][name]", "", "parameter_missing", "line_items[0][price_data][product_data]")]
    [InlineData("line_items[0][price]", "price_1", "parameter_unknown", "line_items[0][price]")]
    [InlineData("payment_method_types[]", "us_bank_account", "", "payment_method_types")]
    [InlineData("expires_at", "1", "", "expires_at")]
    [InlineData("expires_at", "99999999999", "", "expires_at")]
    [InlineData("expand[]", "payment_intent.amount", "", "")]
    [InlineData("discounts[0][coupon]", "c", "parameter_unknown", "discounts")]
    public async Task Refuses_what_is_missing_wrong_or_not_played(string name, string value, string code, string param) =>
        (await Create((name, value))).Refuses(400, "invalid_request_error", code, param);

    [Fact]
    public async Task Refuses_no_lines_and_unknown_sessions()
    {
        (await bank.Post("/v1/checkout/sessions", ("success_url", Back))).Refuses(400, "invalid_request_error", "parameter_missing", "line_items");
        (await bank.Get("/v1/checkout/sessions/cs_nobody")).Refuses(404, "invalid_request_error", "resource_missing", "session");
        (await bank.Post("/v1/checkout/sessions/cs_nobody/expire")).Refuses(404, "invalid_request_error", "resource_missing", "session");
        Assert.Equal(404, (await bank.Store.Api("sandbox").Get("/sandbox/checkout/cs_nobody")).Status);
        Assert.Equal("404", await Submit("http://x/sandbox/checkout/cs_nobody", "method", "pm_card_visa"));
        var made = (await Create()).Ok().Json;
        Assert.Equal("404", await Pay(made, "pm_usBankAccount_success"));
        Assert.Equal("404", await Pay(made, "4242"));
    }

    [Fact]
    public async Task What_a_shop_wrote_is_text_on_the_page()
    {
        var made = (await Create(("line_items[0][price_data][product_data][name]", "<script>alert(1)</script>\"'&"))).Ok();
        var page = (await Page(made.At("url"))).Body;
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    private static string[] Ids(Reply list) => [.. list.Ok().Json.GetProperty("data").EnumerateArray().Select(one => one.At("id"))];
}
