using Stoa.Kernel;

namespace Stoa.Storefront.Tests;

public class Sessions
{
    [Fact]
    public async Task Begin_when_the_first_thing_goes_into_the_cart_and_not_before()
    {
        await using var shop = await Shop.Open();
        await shop.Visitor.Get("/");
        await shop.Visitor.Get("/cart");
        var product = await shop.Visitor.Get("/products/bowl");
        Assert.Empty(shop.Api.CallsTo("POST /api/sessions/guest"));
        await shop.Visitor.Submit(product, "/cart/items");
        await shop.Visitor.Submit(product, "/cart/items");
        Assert.Single(shop.Api.CallsTo("POST /api/sessions/guest"));
    }

    [Fact]
    public async Task Live_in_cookies_that_no_script_reads_and_no_other_site_sends()
    {
        await using var shop = await Shop.Open();
        var added = await shop.Visitor.Submit(await shop.Visitor.Get("/products/bowl"), "/cart/items");
        var cookies = added.SetCookies;
        Assert.Equal(["stoa.access", "stoa.refresh"], cookies.Select(c => c.Split('=')[0]).Order());
        Assert.All(cookies, cookie =>
        {
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase); // plain http on loopback
        });
    }

    [Theory, InlineData("https://shop.example"), InlineData("http://shop.example")]
    public async Task Live_in_secure_cookies_anywhere_but_on_loopback_http(string publicUrl)
    {
        await using var shop = await Shop.Open(new() { ["Stoa:PublicUrl"] = publicUrl });
        var page = await shop.Visitor.Get("/products/bowl");
        var cookie = page.SetCookies.Single();
        Assert.StartsWith("__Host-stoa.form=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Are_new_at_login_and_bring_the_guests_cart_and_orders_along()
    {
        await using var shop = await Shop.Open();
        await shop.Visitor.Submit(await shop.Visitor.Get("/products/bowl"), "/cart/items");
        var (access, refresh) = (shop.Visitor.Cookie("stoa.access"), shop.Visitor.Cookie("stoa.refresh"));

        var login = await LogIn(shop);

        Assert.Equal("/account", login.Location);
        Assert.Equal(access, shop.Api.CallsTo("POST /api/sessions").Single().Body.GetProperty("guestToken").GetString());
        var merge = shop.Api.CallsTo("POST /api/cart/merge").Single();
        Assert.Equal(access, merge.Body.GetProperty("guestToken").GetString());
        Assert.Equal(shop.Visitor.Cookie("stoa.access"), merge.Token);
        Assert.NotEqual(access, shop.Visitor.Cookie("stoa.access"));
        Assert.NotEqual(refresh, shop.Visitor.Cookie("stoa.refresh"));
        Assert.Null(shop.Visitor.Cookie("stoa.guest"));
    }

    [Fact]
    public async Task Merge_the_guests_cart_later_when_carts_were_away_at_login()
    {
        await using var shop = await Shop.Open();
        await shop.Visitor.Submit(await shop.Visitor.Get("/products/bowl"), "/cart/items");
        shop.Api.On("POST /api/cart/merge", 503, FakeApi.Refusal(503, "temporarily_unavailable"));
        Assert.Equal(303, (await LogIn(shop)).Status);
        shop.Api.On("POST /api/cart/merge", 200, new { id = Guid.Empty, items = Array.Empty<object>(), subtotal = FakeApi.Usd(0) });
        await shop.Visitor.Get("/cart");
        await shop.Visitor.Get("/cart");
        Assert.Equal(2, shop.Api.CallsTo("POST /api/cart/merge").Length);
    }

    [Fact]
    public async Task Are_refreshed_when_the_access_token_has_run_out()
    {
        await using var shop = await Shop.Open();
        await shop.Visitor.Submit(await shop.Visitor.Get("/products/bowl"), "/cart/items");
        var refresh = shop.Visitor.Cookie("stoa.refresh");
        shop.Visitor.Lose("stoa.access");
        var cart = await shop.Visitor.Get("/cart");
        Assert.Equal(200, cart.Status);
        Assert.Equal(refresh, shop.Api.CallsTo("POST /api/sessions/refresh").Single().Body.GetProperty("refreshToken").GetString());
        Assert.StartsWith("fresh-", shop.Visitor.Cookie("stoa.access"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_kept_while_users_is_away()
    {
        await using var shop = await Shop.Open();
        await shop.Visitor.Submit(await shop.Visitor.Get("/products/bowl"), "/cart/items");
        shop.Api.On("POST /api/sessions/refresh", 503, FakeApi.Refusal(503, "temporarily_unavailable"));
        shop.Visitor.Lose("stoa.access");
        Assert.Equal(503, (await shop.Visitor.Get("/cart")).Status);
        Assert.NotNull(shop.Visitor.Cookie("stoa.refresh"));
        Assert.Equal(200, (await shop.Visitor.Get("/products/bowl")).Status);
    }

    [Fact]
    public async Task Are_over_when_the_refresh_token_is_refused()
    {
        await using var shop = await Shop.Open();
        await shop.Visitor.Submit(await shop.Visitor.Get("/products/bowl"), "/cart/items");
        shop.Api.On("POST /api/sessions/refresh", 401, FakeApi.Refusal(401, "refresh_token_invalid"));
        shop.Visitor.Lose("stoa.access");
        Assert.Equal("Nothing in it yet", (await shop.Visitor.Get("/cart")).Html.QuerySelector("h2")!.TextContent);
        Assert.Null(shop.Visitor.Cookie("stoa.refresh"));
    }

    [Fact]
    public async Task Do_not_count_a_wrong_password_twice()
    {
        await using var shop = await Shop.Open();
        await shop.Visitor.Submit(await shop.Visitor.Get("/products/bowl"), "/cart/items");
        shop.Api.On("POST /api/sessions", 401, FakeApi.Refusal(401, "login_failed"));
        var page = await LogIn(shop);
        Assert.Equal(401, page.Status);
        Assert.Contains("do not go together", page.Html.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Single(shop.Api.CallsTo("POST /api/sessions"));
        Assert.Equal("anna@example.org", page.Input("email"));
        Assert.Equal("", page.Input("password"));
    }

    [Fact]
    public async Task Begin_also_when_the_guest_cannot_be_brought_along()
    {
        await using var shop = await Shop.Open();
        await shop.Visitor.Submit(await shop.Visitor.Get("/products/bowl"), "/cart/items");
        var errors = new Dictionary<string, string[]> { ["guestToken"] = ["belongs to another account already"] };
        shop.Api.On("POST /api/sessions", call => call.Body.GetProperty("guestToken").ValueKind is System.Text.Json.JsonValueKind.Null
            ? (201, new { accessToken = "anna", expiresIn = 900, refreshToken = "r", user = new { id = Guid.Empty, name = "Anna" } })
            : (422, FakeApi.Refusal(422, "validation", new { errors })));
        Assert.Equal(303, (await LogIn(shop)).Status);
        Assert.Equal("anna", shop.Visitor.Cookie("stoa.access"));
    }

    [Fact]
    public async Task Name_the_visitor_and_prove_the_shop_to_the_gateway()
    {
        await using var shop = await Shop.Open();
        await shop.Visitor.Get("/");
        Assert.All(shop.Api.Calls, call =>
        {
            Assert.Equal("127.0.0.1", call.Headers["X-Forwarded-For"]);
            Assert.NotEqual("", call.Headers[ServiceTokens.Header].ToString());
        });
    }

    [Fact]
    public async Task End_at_logout()
    {
        await using var shop = await Shop.Open();
        shop.Api.On("GET /api/users/me", 200, new { id = Guid.Empty, name = "Anna", email = "anna@example.org" });
        shop.Api.On("GET /api/orders", 200, FakeApi.List());
        await LogIn(shop);
        var account = await shop.Visitor.Get("/account");
        Assert.Equal("Hello, Anna", account.Heading);
        await shop.Visitor.Submit(account, "/logout");
        Assert.Single(shop.Api.CallsTo("DELETE /api/sessions/current"));
        Assert.Null(shop.Visitor.Cookie("stoa.access"));
        Assert.Equal("/login?returnUrl=/account", (await shop.Visitor.Get("/account")).Location);
    }

    private static async Task<Page> LogIn(Shop shop) => await shop.Visitor.Submit(
        await shop.Visitor.Get("/login?returnUrl=/account"), "/login", ("email", "anna@example.org"), ("password", "olives and wine"));
}
