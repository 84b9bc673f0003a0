namespace Stoa.Storefront.Tests;

/// <summary>The pages that people reach by a link in a mail, and those that send one.</summary>
public class LinksFromMails
{
    private const string Ask = "POST /api/password-resets";
    private const string Complete = "POST /api/password-resets/complete";
    private const string Confirm = "POST /api/email-confirmations/complete";
    private static readonly (int, object?) Ended = (400, FakeApi.Refusal(400, "reset_token_invalid"));

    private static void Owner(Shop shop, bool confirmed) =>
        shop.Api.On("GET /api/users/me", 200, new { id = Guid.Empty, name = "Anna", email = "anna@example.org", emailConfirmed = confirmed });

    private static async Task LogIn(Shop shop) =>
        await shop.Visitor.Submit(await shop.Visitor.Get("/login"), "/login", ("email", "anna@example.org"), ("password", "olive trees and wine"));

    [Fact]
    public async Task A_forgotten_password_is_asked_for_by_address_and_the_answer_does_not_say_whether_it_is_known()
    {
        await using var shop = await Shop.Open();
        shop.Api.On(Ask, 202);
        var page = await shop.Visitor.Submit(await shop.Visitor.Get("/forgotten-password"), "/forgotten-password", ("email", " anna@example.org "));
        Assert.Equal((200, "Look into your mail"), (page.Status, page.Heading));
        Assert.Contains("If there is an account for anna@example.org", page.Html.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("anna@example.org", shop.Api.CallsTo(Ask).Single().Body.GetProperty("email").GetString());
    }

    [Fact]
    public async Task Mails_are_asked_for_in_the_languages_that_the_visitor_reads()
    {
        await using var shop = await Shop.Open();
        shop.Api.On(Ask, 202);
        shop.Visitor.Reads("de-AT, en;q=0.5");
        await shop.Visitor.Submit(await shop.Visitor.Get("/forgotten-password"), "/forgotten-password", ("email", "anna@example.org"));
        Assert.StartsWith("de-AT", shop.Api.CallsTo(Ask).Single().Headers.AcceptLanguage.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_too_often_and_an_address_that_is_none_are_explained()
    {
        await using var shop = await Shop.Open();
        shop.Api.On(Ask, 429, FakeApi.Refusal(429, "too_many_requests"));
        var often = await shop.Visitor.Submit(await shop.Visitor.Get("/forgotten-password"), "/forgotten-password", ("email", "anna@example.org"));
        Assert.Equal(429, often.Status);
        Assert.Contains("the latest mail is the one that counts", often.Text, StringComparison.Ordinal);
        shop.Api.On(Ask, 422, FakeApi.Refusal(422, "validation"));
        Assert.Equal(422, (await shop.Visitor.Submit(await shop.Visitor.Get("/forgotten-password"), "/forgotten-password", ("email", "anna"))).Status);
    }

    [Fact]
    public async Task The_mailed_link_lets_a_new_password_be_chosen_and_ends_this_browsers_session()
    {
        await using var shop = await Shop.Open();
        await LogIn(shop);
        shop.Api.On(Complete, 204);
        var done = await shop.Visitor.Submit(await shop.Visitor.Get("/reset-password?token=t0ken"), "/reset-password", ("password", "a rainy night in June"));
        Assert.Equal((303, "/login?reset=yes&returnUrl=/account"), (done.Status, done.Location));
        var call = shop.Api.CallsTo(Complete).Single().Body;
        Assert.Equal(("t0ken", "a rainy night in June"), (call.GetProperty("token").GetString(), call.GetProperty("password").GetString()));
        Assert.Contains("Your new password is set", (await shop.Visitor.Get(done.Location!)).Text, StringComparison.Ordinal);
        Assert.Null(shop.Visitor.Cookie("stoa.refresh"));
    }

    [Fact]
    public async Task A_password_that_is_refused_may_be_chosen_again_and_a_link_that_ended_leads_to_a_new_one()
    {
        await using var shop = await Shop.Open();
        shop.Api.On(Complete, 422, FakeApi.Refusal(422, "validation", new { errors = new { password = new[] { "is one of the commonest: choose another" } } }));
        var page = await shop.Visitor.Submit(await shop.Visitor.Get("/reset-password?token=t0ken"), "/reset-password", ("password", "password1"));
        Assert.Equal((422, "t0ken"), (page.Status, page.Input("token")));
        Assert.Contains("is one of the commonest", page.Text, StringComparison.Ordinal);
        shop.Api.On(Complete, _ => Ended);
        var ended = await shop.Visitor.Submit(page, "/reset-password", ("password", "a rainy night in June"));
        Assert.Equal("/forgotten-password?ended=yes", ended.Location);
        Assert.Contains("older than an hour", (await shop.Visitor.Get(ended.Location!)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_is_confirmed_by_a_button_for_mail_programs_follow_links_by_themselves()
    {
        await using var shop = await Shop.Open();
        shop.Api.On(Confirm, 204);
        var page = await shop.Visitor.Get("/confirm-email?token=t0ken");
        Assert.Empty(shop.Api.CallsTo(Confirm));
        Assert.Equal("Confirmed", (await shop.Visitor.Submit(page, "/confirm-email")).Heading);
        shop.Api.On(Confirm, 400, FakeApi.Refusal(400, "confirmation_token_invalid"));
        Assert.Equal((400, "This link has ended"), (await shop.Visitor.Submit(page, "/confirm-email")) is var again ? (again.Status, again.Heading) : default);
    }

    [Fact]
    public async Task The_account_asks_to_confirm_the_address_until_it_is()
    {
        await using var shop = await Shop.Open();
        await LogIn(shop);
        Owner(shop, confirmed: false);
        shop.Api.On("POST /api/email-confirmations", 202);
        var account = await shop.Visitor.Get("/account");
        Assert.Contains("Please confirm your address", account.Text, StringComparison.Ordinal);
        var asked = await shop.Visitor.Submit(account, "/account/confirmation");
        Assert.Contains("A new mail is on its way", (await shop.Visitor.Get(asked.Location!)).Text, StringComparison.Ordinal);
        shop.Api.On("POST /api/email-confirmations", 429, FakeApi.Refusal(429, "too_many_requests"));
        var often = await shop.Visitor.Submit(account, "/account/confirmation");
        Assert.Contains("several times within the hour", (await shop.Visitor.Get(often.Location!)).Text, StringComparison.Ordinal);
        Owner(shop, confirmed: true);
        Assert.DoesNotContain("confirm your address", (await shop.Visitor.Get("/account")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_orders_link_shows_it_without_a_session_and_offers_nothing_that_only_its_buyer_may()
    {
        await using var shop = await Shop.Open();
        shop.Api.On("GET /api/orders/by-link", 200, FakeApi.Order("awaiting_payment"));
        var page = await shop.Visitor.Get("/orders/by-link?token=t0ken");
        Assert.Equal(200, page.Status);
        Assert.Contains("Order 1041", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Html.QuerySelectorAll("main form, main a[href$='/pay']"));
        Assert.Null(shop.Api.CallsTo("GET /api/orders/by-link").Single().Token);
        Assert.Empty(shop.Visitor.Cookie("stoa.access") ?? "");
    }

    [Fact]
    public async Task An_orders_own_buyer_goes_on_to_the_page_where_it_can_be_paid()
    {
        await using var shop = await Shop.Open();
        await LogIn(shop);
        shop.Api.On("GET /api/orders/by-link", 200, FakeApi.Order("awaiting_payment"));
        Assert.Equal($"/orders/{FakeApi.OrderId}", (await shop.Visitor.Get("/orders/by-link?token=t0ken")).Location);
        shop.Api.On($"GET /api/orders/{FakeApi.OrderId}", 404, FakeApi.Refusal(404, "not_found")); // somebody else is logged in here
        Assert.Equal(200, (await shop.Visitor.Get("/orders/by-link?token=t0ken")).Status);
    }

    [Theory, InlineData("/orders/by-link?token=nonsense"), InlineData("/orders/by-link")]
    public async Task A_link_that_shows_no_order_says_so(string path)
    {
        await using var shop = await Shop.Open();
        var page = await shop.Visitor.Get(path);
        Assert.Equal((404, "This link has ended"), (page.Status, page.Heading));
    }

    [Theory, InlineData("/reset-password?token=t0ken"), InlineData("/confirm-email?token=t0ken"), InlineData("/orders/by-link?token=t0ken"), InlineData("/nowhere?token=t0ken")]
    public async Task An_address_that_carries_a_token_is_told_to_nobody_and_kept_nowhere(string path)
    {
        await using var shop = await Shop.Open();
        var page = await shop.Visitor.Get(path);
        Assert.Equal(("no-referrer", "no-store"), (page.Header("Referrer-Policy"), page.Header("Cache-Control")));
        Assert.DoesNotContain(page.Html.QuerySelectorAll("a, link, img"), element => (element.GetAttribute("href") ?? element.GetAttribute("src") ?? "").Contains("t0ken", StringComparison.Ordinal));
    }
}
