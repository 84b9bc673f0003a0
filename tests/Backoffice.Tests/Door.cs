using Stoa.Kernel;

namespace Stoa.Backoffice.Tests;

/// <summary>Who gets in, and what everybody else sees.</summary>
public class Door
{
    [Theory, InlineData("/admin"), InlineData("/admin/orders")]
    public async Task Asks_nobody_known_to_log_in(string path)
    {
        await using var building = await Building.Open();
        var page = await building.Visitor().Get(path);
        Assert.Equal(303, page.Status);
        Assert.Equal("/admin/login?returnUrl=" + Uri.EscapeDataString(path), page.Location);
        Assert.Empty(building.Api.Calls);
    }

    [Theory, InlineData("staff"), InlineData("admin")]
    public async Task Lets_staff_in_and_leads_on_to_where_they_were_going(string role)
    {
        await using var building = await Building.Open();
        building.Api.Role = role;
        var visitor = building.Visitor();
        var login = await Building.LogIn(visitor, "/admin/orders?status=shipped");
        Assert.Equal("/admin/orders?status=shipped", login.Location);
        Assert.Equal("Orders", (await visitor.Get("/admin/orders")).Heading);
    }

    [Theory, InlineData("customer"), InlineData("guest")]
    public async Task Keeps_no_session_for_whoever_is_no_staff(string role)
    {
        await using var building = await Building.Open();
        building.Api.Role = role;
        var visitor = building.Visitor();
        var page = await Building.LogIn(visitor);
        Assert.Equal(403, page.Status);
        Assert.Contains("door for staff", page.Html.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Null(visitor.Cookie("stoa.staff.access"));
        Assert.Single(building.Api.CallsTo("DELETE /api/sessions/current"));
        Assert.Equal(303, (await visitor.Get("/admin/orders")).Status);
    }

    [Theory, InlineData("customer"), InlineData("guest")]
    public async Task Shows_nothing_to_a_shoppers_token_in_staffs_cookie(string role)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        visitor.Forge("stoa.staff.access", building.Api.Token(role));
        building.Api.Calls.Clear();
        var page = await visitor.Get("/admin/orders");
        Assert.Equal(404, page.Status);
        Assert.Null(page.Html.QuerySelector("nav.rooms"));
        Assert.Empty(building.Api.Calls);
    }

    [Fact]
    public async Task Believes_no_token_that_users_did_not_make()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        visitor.Forge("stoa.staff.access", building.Api.Token("staff")[..^4] + "AAAA");
        Assert.StartsWith("/admin/login", (await visitor.Get("/admin/orders")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_its_session_apart_from_the_shops()
    {
        await using var building = await Building.Open();
        building.Api.Role = "staff";
        var visitor = building.Visitor();
        var cookies = (await Building.LogIn(visitor)).SetCookies;
        Assert.Equal(["stoa.staff.access", "stoa.staff.name", "stoa.staff.refresh"], cookies.Select(cookie => cookie.Split('=')[0]).Order());
        Assert.All(cookies, cookie =>
        {
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task Renews_a_session_whose_access_token_has_run_out()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        visitor.Lose("stoa.staff.access");
        Assert.Equal(200, (await visitor.Get("/admin/orders")).Status);
        Assert.Single(building.Api.CallsTo("POST /api/sessions/refresh"));
    }

    [Fact]
    public async Task Says_that_it_is_not_the_password_while_users_is_away()
    {
        await using var building = await Building.Open();
        var visitor = building.Visitor();
        building.Api.On("POST /api/sessions", 503, FakeGateway.Refusal(503, "temporarily_unavailable"));
        Assert.Equal(503, (await Building.LogIn(visitor)).Status);
        building.Api.On("POST /api/sessions", 401, FakeGateway.Refusal(401, "login_failed"));
        var page = await Building.LogIn(visitor);
        Assert.Equal(401, page.Status);
        Assert.Contains("do not go together", page.Html.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, InlineData("https://evil.example/"), InlineData("//evil.example/admin/"), InlineData("/orders"), InlineData("/administrator")]
    public async Task Leads_nowhere_but_into_the_back_office(string returnUrl)
    {
        await using var building = await Building.Open();
        Assert.Equal("/admin/orders", (await Building.LogIn(building.Visitor(), returnUrl)).Location);
    }

    [Fact]
    public async Task Closes_at_logout()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var orders = await visitor.Get("/admin/orders");
        Assert.Equal("/admin/login", (await visitor.Submit(orders, "/admin/logout")).Location);
        Assert.Single(building.Api.CallsTo("DELETE /api/sessions/current"));
        Assert.Equal(303, (await visitor.Get("/admin/orders")).Status);
    }

    [Fact]
    public async Task Proves_itself_to_the_gateway_and_names_its_visitor()
    {
        await using var building = await Building.Open();
        await (await building.Inside()).Get("/admin/orders");
        Assert.All(building.Api.Calls, call =>
        {
            Assert.Equal("127.0.0.1", call.Headers["X-Forwarded-For"]);
            Assert.NotEqual("", call.Headers[ServiceTokens.Header].ToString());
        });
    }
}
