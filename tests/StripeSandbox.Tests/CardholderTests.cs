using System.Text.Json;
using Stoa.Kit;

namespace Stoa.StripeSandbox.Tests;

public sealed class CardholderTests(Bank bank) : IClassFixture<Bank>
{
    private const string Back = "https://shop.example/checkout/back?order=7";

    private async Task<(JsonElement Intent, string Page)> Asked(string method = "pm_card_authenticationRequired", string description = "Order 7")
    {
        var intent = await bank.Paid(method, ("return_url", Back), ("description", description));
        Assert.Equal("requires_action redirect_to_url " + Back, $"{intent.At("status")} {intent.At("next_action.type")} {intent.At("next_action.redirect_to_url.return_url")}");
        var page = new Uri(intent.At("next_action.redirect_to_url.url"));
        Assert.Equal(bank.Store.Url("gateway"), page.GetLeftPart(UriPartial.Authority));
        return (intent, page.PathAndQuery);
    }

    private async Task<Reply> Decide(string page, string decision)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(bank.Store.Url("sandbox")) };
        return await new Api(http).Post(page, new FormUrlEncodedContent([KeyValuePair.Create("decision", decision)]));
    }

    [Fact]
    public async Task Yes_charges_the_card_and_leads_back_to_the_shop()
    {
        var (intent, page) = await Asked();
        var shown = await bank.Store.Api("sandbox").Get(page);
        Assert.Equal(200, shown.Status);
        Assert.Contains("$20.00", shown.Body, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' https://shop.example", shown.Header("Content-Security-Policy"), StringComparison.Ordinal);

        var decided = await Decide(page, "yes");
        Assert.Equal(303, decided.Status);
        Assert.Equal($"{Back}&payment_intent={intent.At("id")}&payment_intent_client_secret={intent.At("client_secret")}&redirect_status=succeeded", decided.Header("Location"));
        var paid = (await bank.Get($"/v1/payment_intents/{intent.At("id")}?expand[]=latest_charge")).Ok();
        Assert.Equal("succeeded authenticated", $"{paid.At("status")} {paid.At("latest_charge.payment_method_details.card.three_d_secure.result")}");
        Assert.Equal(["payment_intent.created", "payment_intent.requires_action", "payment_intent.succeeded"], await bank.EventTypes(intent.At("id")));
    }

    [Fact]
    public async Task No_charges_nothing_and_leaves_the_intent_open()
    {
        var (intent, page) = await Asked();
        Assert.EndsWith("redirect_status=failed", (await Decide(page, "no")).Header("Location"), StringComparison.Ordinal);
        var open = (await bank.Get("/v1/payment_intents/" + intent.At("id"))).Ok();
        Assert.Equal("requires_payment_method payment_intent_authentication_failure  ",
            $"{open.At("status")} {open.At("last_payment_error.code")} {open.At("latest_charge")} {open.At("next_action")}");
        Assert.Equal("payment_intent.payment_failed", (await bank.EventTypes(intent.At("id")))[^1]);
        (await bank.Confirm(intent.At("id"), "pm_card_visa")).Ok();
    }

    [Fact]
    public async Task Deciding_twice_changes_nothing()
    {
        var (intent, page) = await Asked();
        var answers = await Task.WhenAll(Decide(page, "yes"), Decide(page, "yes"), Decide(page, "yes"));
        Assert.All(answers, answer => Assert.EndsWith("redirect_status=succeeded", answer.Header("Location"), StringComparison.Ordinal));
        Assert.EndsWith("redirect_status=succeeded", (await Decide(page, "no")).Header("Location"), StringComparison.Ordinal);
        Assert.Single((await bank.Get("/v1/charges?payment_intent=" + intent.At("id"))).Json.GetProperty("data").EnumerateArray());
        Assert.Contains("You said yes", (await bank.Store.Api("sandbox").Get(page)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_may_be_declined_after_the_cardholder_said_yes()
    {
        var (intent, page) = await Asked("pm_card_authenticationRequiredChargeDeclinedInsufficientFunds");
        Assert.EndsWith("redirect_status=failed", (await Decide(page, "yes")).Header("Location"), StringComparison.Ordinal);
        Assert.Equal("insufficient_funds", (await bank.Get("/v1/payment_intents/" + intent.At("id"))).At("last_payment_error.decline_code"));
    }

    [Fact]
    public async Task A_page_left_open_pays_nothing_once_the_intent_is_cancelled()
    {
        var (intent, page) = await Asked();
        (await bank.Post($"/v1/payment_intents/{intent.At("id")}/cancel")).Ok();
        Assert.EndsWith("redirect_status=failed", (await Decide(page, "yes")).Header("Location"), StringComparison.Ordinal);
        Assert.Equal("canceled", (await bank.Get("/v1/payment_intents/" + intent.At("id"))).At("status"));
    }

    [Fact]
    public async Task A_page_of_an_earlier_attempt_opens_nothing()
    {
        var (intent, page) = await Asked();
        (await bank.Confirm(intent.At("id"), "pm_card_authenticationRequired")).Ok();
        Assert.Equal(404, (await Decide(page, "yes")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?secret=")]
    [InlineData("?secret=guessed")]
    public async Task Without_its_secret_a_page_tells_nothing(string query)
    {
        var (intent, _) = await Asked();
        var page = $"/sandbox/3ds/{intent.At("id")}{query}";
        Assert.Equal((404, 404), ((await bank.Store.Api("sandbox").Get(page)).Status, (await Decide(page, "yes")).Status));
        Assert.Equal("requires_action", (await bank.Get("/v1/payment_intents/" + intent.At("id"))).At("status"));
    }

    [Fact]
    public async Task Refuses_another_decision_and_another_intent()
    {
        var (_, page) = await Asked();
        Assert.Equal(404, (await Decide(page, "perhaps")).Status);
        Assert.Equal(404, (await bank.Store.Api("sandbox").Get("/sandbox/3ds/pi_nobody?secret=x")).Status);
        Assert.InRange((await bank.Store.Api("sandbox").Post(page, "{}")).Status, 400, 499);
    }

    [Fact]
    public async Task What_a_shop_wrote_is_text_on_the_pages()
    {
        var (_, page) = await Asked(description: "<script>alert(1)</script>\"'&");
        var pages = (await bank.Store.Api("sandbox").Get(page)).Body + (await bank.Store.Api("sandbox").Get("/sandbox")).Body;
        Assert.DoesNotContain("<script", pages, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", pages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_way_back_the_page_says_that_it_is_done()
    {
        var intent = await bank.Paid("pm_card_authenticationRequired");
        Assert.Equal("use_stripe_sdk", intent.At("next_action.type"));
        var page = new Uri(intent.At("next_action.use_stripe_sdk.stripe_js")).PathAndQuery;
        Assert.Contains("You said yes", (await Decide(page, "yes")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sandbox_page_shows_what_was_paid()
    {
        var paid = await bank.Paid();
        var page = await bank.Store.Api("sandbox").Get("/sandbox");
        Assert.Equal(200, page.Status);
        Assert.Contains(paid.At("id"), page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(paid.At("client_secret"), page.Body, StringComparison.Ordinal);
    }
}
