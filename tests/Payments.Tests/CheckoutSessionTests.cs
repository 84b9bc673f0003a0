using System.Net;
using System.Text.Json;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Payments.Tests;

/// <summary>Paying on the provider's own page: the session stands where the order's intent stands, so P7 to P12 hold of it.</summary>
public sealed class CheckoutSessionTests : IAsyncLifetime
{
    private const string OnPage = "checkout";

    private Shop _shop = null!;
    private Guid _order;
    private Reply _waiting = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.Open();
        _order = _shop.PlaceOrder();
        _waiting = await _shop.Pay(_order, OnPage);
        Assert.Equal((202, "requires_action"), (_waiting.Status, Text(_waiting, "status")));
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    private string Id => Text(_waiting, "id");

    private string Page => Text(_waiting, "nextActionUrl");

    [Fact]
    public async Task The_buyer_is_led_to_the_providers_page_and_nothing_is_charged_before()
    {
        Assert.Contains("/checkout/cs_", Page, StringComparison.Ordinal);
        Assert.Equal(OnPage, _waiting.Json.GetProperty("method").GetProperty("type").GetString());
        Assert.Equal(["open"], await _shop.Sessions(_order));
        Assert.Empty(await _shop.Intents(_order));
    }

    [Fact]
    public async Task A_payment_there_settles_when_the_buyer_comes_back_and_can_be_refunded()
    {
        Assert.EndsWith($"/orders/{_order}", await _shop.PayOnPage(Page), StringComparison.Ordinal);
        _shop.Clock.Advance(TimeSpan.FromSeconds(2));
        var paid = await _shop.Becomes(Id, "succeeded");
        var method = paid.Json.GetProperty("method");
        Assert.Equal(("card", "visa", "4242"), (method.GetProperty("type").GetString(), method.GetProperty("brand").GetString(), method.GetProperty("last4").GetString()));
        Assert.Equal(JsonValueKind.Null, paid.Json.GetProperty("nextActionUrl").ValueKind);
        Assert.Single(await _shop.Events("payment.succeeded"));
        Assert.Equal(4200, (await _shop.Balances())[Ledger.ProviderClearing]);

        Assert.Equal("succeeded", Text(await _shop.Refund(Id, 1200), "status"));
        Assert.Equal(1200, Assert.Single(await _shop.Refunds()).GetProperty("amount").GetInt64());
        Assert.Equal(3000, (await _shop.Balances())[Ledger.ProviderClearing]);
    }

    [Fact]
    public async Task A_decline_there_is_between_the_buyer_and_the_page_and_another_card_pays_on_the_same_intent()
    {
        Assert.Equal(Page, await _shop.PayOnPage(Page, "pm_card_visa_chargeDeclined"));
        _shop.Clock.Advance(TimeSpan.FromSeconds(2));
        await LookedAgain();
        Assert.Equal("requires_action", Text(await _shop.Payment(Id), "status"));
        await _shop.PayOnPage(Page);
        await _shop.Becomes(Id, "succeeded");
        await ChargedOnce();
        Assert.Single(await _shop.Intents(_order));
    }

    [Fact]
    public async Task A_bank_that_asks_there_is_answered_there()
    {
        var bank = await _shop.PayOnPage(Page, "pm_card_authenticationRequired");
        Assert.Contains("/3ds/", bank, StringComparison.Ordinal);
        await _shop.Decide(bank, yes: true);
        await _shop.Becomes(Id, "succeeded");
        await ChargedOnce();
    }

    [Fact]
    public async Task P8_Another_method_first_expires_the_session_and_its_page_pays_no_more()
    {
        Assert.Equal(201, (await _shop.Pay(_order)).Status);
        Assert.Equal("cancelled", Text(await _shop.Payment(Id), "status"));
        await _shop.PayOnPage(Page);
        Assert.Equal(["expired"], await _shop.Sessions(_order));
        Assert.Single(await _shop.Charges(_order));
    }

    [Fact]
    public async Task P8_Another_method_expires_also_a_session_whose_bank_is_asking()
    {
        var bank = await _shop.PayOnPage(Page, "pm_card_authenticationRequired");
        Assert.Equal(201, (await _shop.Pay(_order)).Status);
        await _shop.Decide(bank, yes: true);
        Assert.Single(await _shop.Charges(_order));
        Assert.Equal(["canceled", "succeeded"], (await _shop.Intents(_order)).Select(intent => intent.GetProperty("status").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task P8_A_second_session_first_expires_the_first()
    {
        var second = await _shop.Pay(_order, OnPage);
        Assert.Equal(202, second.Status);
        Assert.NotEqual(Page, Text(second, "nextActionUrl"));
        Assert.Equal(["expired", "open"], await _shop.Sessions(_order));
        await _shop.PayOnPage(Page);
        await _shop.PayOnPage(Text(second, "nextActionUrl"));
        await _shop.Becomes(Text(second, "id"), "succeeded");
        Assert.Single(await _shop.Charges(_order));
    }

    [Fact]
    public async Task P8_Another_method_is_refused_when_the_page_was_paid_on_meanwhile()
    {
        await _shop.PayOnPage(Page);
        Assert.Equal((409, "order_already_paid"), Both(await _shop.Pay(_order)));
        Assert.Equal((409, "order_already_paid"), Both(await _shop.Pay(_order, OnPage)));
        await ChargedOnce();
    }

    [Fact]
    public async Task P9_An_intent_that_a_decline_left_open_is_canceled_before_a_session_is_opened()
    {
        var order = _shop.PlaceOrder();
        Assert.Equal(402, (await _shop.Pay(order, "pm_card_visa_chargeDeclined")).Status);
        var waiting = await _shop.Pay(order, OnPage);
        Assert.Equal((202, "canceled"), (waiting.Status, Assert.Single(await _shop.Intents(order)).GetProperty("status").GetString()));
        await _shop.PayOnPage(Text(waiting, "nextActionUrl"));
        await _shop.Becomes(Text(waiting, "id"), "succeeded");
        Assert.Single(await _shop.Charges(order));
    }

    [Theory]
    [InlineData("/expire")]
    [InlineData("")]
    public async Task P8_While_the_provider_cannot_expire_it_nothing_else_is_paid_and_the_order_stays(string cut)
    {
        _shop.Wire.Cut(cut);
        Assert.Equal(503, (await _shop.Pay(_order)).Status);
        Assert.Equal(503, (await _shop.Pay(_order, OnPage)).Status);
        Assert.Equal("in_flight", await _shop.Close(_order));
        _shop.Wire.Script = null;
        Assert.Equal("closed", await _shop.Close(_order));
    }

    [Fact]
    public async Task An_expiry_whose_answer_was_lost_counts_once_it_is_read()
    {
        _shop.Wire.LoseAnswersTo("/expire", times: 1);
        Assert.Equal("in_flight", await _shop.Close(_order));
        Assert.Equal("closed", await _shop.Close(_order));
        Assert.Equal("cancelled", Text(await _shop.Payment(Id), "status"));
    }

    [Fact]
    public async Task P8_An_abandoned_one_does_not_hold_the_order_and_is_expired_before_it_closes()
    {
        Assert.Equal("closed", await _shop.Close(_order));
        Assert.Equal(["expired"], await _shop.Sessions(_order));
        await _shop.PayOnPage(Page);
        Assert.Empty(await _shop.Charges(_order));
        Assert.Equal((409, "order_closed"), Both(await _shop.Pay(_order, OnPage)));
    }

    [Fact]
    public async Task P8_A_payment_on_the_page_before_the_closure_wins()
    {
        await _shop.PayOnPage(Page);
        Assert.Equal("paid", await _shop.Close(_order));
        Assert.Equal("succeeded", Text(await _shop.Payment(Id), "status"));
        await ChargedOnce();
    }

    [Fact]
    public async Task One_that_the_provider_expires_by_itself_ends_the_attempt_and_leaves_the_order_payable()
    {
        _shop.Clock.Advance(TimeSpan.FromHours(24));
        await _shop.Becomes(Id, "cancelled");
        var again = await _shop.Pay(_order, OnPage);
        await _shop.PayOnPage(Text(again, "nextActionUrl"));
        await _shop.Becomes(Text(again, "id"), "succeeded");
        Assert.Single(await _shop.Charges(_order));
    }

    [Fact]
    public async Task P9_A_session_whose_making_was_not_heard_of_is_the_one_that_the_retry_uses()
    {
        var order = _shop.PlaceOrder();
        _shop.Wire.LoseAnswersTo("/checkout/sessions", times: 1);
        Assert.Equal(503, (await _shop.Pay(order, OnPage, key: "k")).Status);
        Assert.Equal(202, (await _shop.Pay(order, OnPage, key: "k")).Status);
        Assert.Equal(["open"], await _shop.Sessions(order));
    }

    [Fact]
    public async Task P9_A_session_made_before_a_crash_is_known_to_nobody_and_another_method_pays_once()
    {
        var crash = false;
        await using var shop = await Shop.Open(commit: when =>
        {
            if (when != "before" || !crash) return;
            crash = false;
            throw new Microsoft.Data.Sqlite.SqliteException("the machine stopped", 10);
        });
        var order = shop.PlaceOrder();
        shop.Wire.On("/checkout/sessions", 1, async call =>
        {
            var made = await call();
            crash = true; // the session is there, and we die before its id is written down
            return made;
        });
        Assert.Equal(503, (await shop.Pay(order, OnPage, key: "k")).Status);
        await shop.Store.Stop("payments");
        await shop.Store.Run("payments");
        Assert.Equal(["open"], await shop.Sessions(order));
        Assert.Equal(201, (await shop.Pay(order, key: "other")).Status);
        Assert.Equal((409, "order_already_paid"), Both(await shop.Pay(order, OnPage, key: "k")));
        Assert.Equal("paid", await shop.Close(order));
        Assert.Single(await shop.Charges(order));
    }

    [Fact]
    public async Task P10_Time_outs_after_the_commit_leave_it_processing_until_the_session_is_read()
    {
        var order = _shop.PlaceOrder();
        _shop.Wire.Script = (request, call) => request.Method == HttpMethod.Get ? throw new HttpRequestException("no route") : call();
        var reply = await _shop.Pay(order, OnPage, key: "k");
        Assert.Equal((202, "processing"), (reply.Status, Text(reply, "status")));
        Assert.Equal("in_flight", await _shop.Close(order));
        _shop.Wire.Script = null;
        var waiting = await _shop.Becomes(Text(reply, "id"), "requires_action");
        await _shop.PayOnPage(Text(waiting, "nextActionUrl"));
        await _shop.Becomes(Text(reply, "id"), "succeeded");
        var replay = await _shop.Pay(order, OnPage, key: "k");
        Assert.Equal((201, "true"), (replay.Status, replay.Header("Idempotency-Replayed")));
        Assert.Equal(["complete"], await _shop.Sessions(order));
        Assert.Single(await _shop.Charges(order));
    }

    [Fact]
    public async Task P10_A_404_of_the_session_ends_nothing()
    {
        _shop.Wire.Script = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound)
        {
            Content = new StringContent("""{"error":{"type":"invalid_request_error","code":"resource_missing"}}"""),
        });
        await LookedAgain();
        Assert.Equal("requires_action", Text(await _shop.Payment(Id), "status"));
        Assert.Equal("in_flight", await _shop.Close(_order));
    }

    [Theory]
    [InlineData("open", "processing", "processing")]
    [InlineData("open", "succeeded", "succeeded")]
    [InlineData("complete", "processing", "processing")]
    [InlineData("complete", "requires_payment_method", "cancelled")]
    [InlineData("complete", "requires_action", "requires_action")]
    [InlineData("expired", "requires_action", "cancelled")]
    [InlineData("expired", "succeeded", "succeeded")]
    public async Task P8_That_its_intent_moved_money_counts_before_its_own_state_and_an_open_end_ends_nothing(string session, string intent, string becomes)
    {
        var id = new Uri(Page).Segments[^1];
        _shop.Wire.Answer(id, HttpStatusCode.OK, $$$"""
            {"id":"{{{id}}}","object":"checkout.session","status":"{{{session}}}","url":"https://pay.example/{{{id}}}","payment_intent":{"id":"pi_made","status":"{{{intent}}}"}}
            """);
        if (becomes == "requires_action") await LookedAgain();
        await _shop.Becomes(Id, becomes);
    }

    [Fact]
    public async Task A_double_click_opens_one_session()
    {
        var order = _shop.PlaceOrder();
        var replies = await Task.WhenAll(_shop.Pay(order, OnPage, key: "k"), _shop.Pay(order, OnPage, key: "k"));
        Assert.All(replies, reply => Assert.True(reply.Status == 202 || reply.Code == "request_in_progress", reply.ToString()));
        Assert.Equal(["open"], await _shop.Sessions(order));
        var replay = await _shop.Pay(order, OnPage, key: "k");
        Assert.Equal((202, "true"), (replay.Status, replay.Header("Idempotency-Replayed")));
        Assert.NotEmpty(Text(replay, "nextActionUrl"));
    }

    [Fact]
    public async Task P11_One_paid_after_the_closure_all_the_same_is_booked_and_given_back()
    {
        await ClosesThoughItStaysOpen();
        await _shop.PayOnPage(Page);
        // No webhook tells, and nobody asks any more: reconciliation finds the charge, and whose it is by its session.
        _shop.Clock.Advance(TimeSpan.FromMinutes(2));
        var report = (await _shop.Store.Internal("payments").Post("/internal/reconciliation?days=3")).Json;
        Assert.Equal("charge_not_settled", Assert.Single(report.GetProperty("repaired").EnumerateArray()).GetProperty("kind").GetString());
        Assert.Equal(0, report.GetProperty("open").GetInt32());
        await _shop.Sees(() => _shop.Payment(Id), reply => reply.Json.GetProperty("refunded").GetProperty("amount").GetInt64() == 4200, "the refund");
        Assert.True(Assert.Single(await _shop.Events("payment.succeeded")).GetProperty("afterClosure").GetBoolean());
        Assert.Equal(0, (await _shop.Balances())[Ledger.ProviderClearing]);
    }

    [Fact]
    public async Task P15_Of_what_was_paid_on_pages_reconciliation_says_nothing()
    {
        await _shop.PayOnPage(Page);
        await _shop.Becomes(Id, "succeeded");
        await _shop.Refund(Id, 1000);
        var report = (await _shop.Store.Internal("payments").Post("/internal/reconciliation?days=3")).Json;
        Assert.Equal((true, 0, 0), (report.GetProperty("complete").GetBoolean(), report.GetProperty("repaired").GetArrayLength(), report.GetProperty("open").GetInt32()));
    }

    /// <summary>The provider says expired, and takes the money nevertheless.</summary>
    private async Task ClosesThoughItStaysOpen()
    {
        var session = new Uri(Page).Segments[^1];
        _shop.Wire.Answer("/expire", HttpStatusCode.OK, $$"""{"id":"{{session}}","object":"checkout.session","status":"expired"}""", times: 1);
        Assert.Equal("closed", await _shop.Close(_order));
        _shop.Wire.Script = null;
    }

    /// <summary>Until our attempt was read again, twice, so that the first reading is over.</summary>
    private async Task LookedAgain()
    {
        var reads = _shop.Wire.Calls.Count;
        await _shop.Sees(() => Task.FromResult(_shop.Wire.Calls.Count), calls => calls > reads + 1, "two more looks");
    }

    private async Task ChargedOnce()
    {
        Assert.Single(await _shop.Charges(_order));
        Assert.Single(await _shop.Events("payment.succeeded"));
        Assert.Equal(4200, (await _shop.Balances())[Ledger.ProviderClearing]);
    }

    private static string Text(Reply reply, string name) => reply.Json.GetProperty(name).GetString()!;

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
