namespace Stoa.Backoffice.Tests;

/// <summary>Customers, for all staff.</summary>
public class Customers
{
    private static readonly string Page = $"/admin/customers/{FakeApi.BuyerId}";
    private static readonly string Call = $"/api/customers/{FakeApi.BuyerId}";

    [Theory]
    [InlineData("?q=kall", "?limit=50&name=kall")]
    [InlineData("?q=%20nobody%40example.org%20", "?limit=50&email=nobody%40example.org")]
    [InlineData("", "?limit=50")]
    public async Task Are_found_by_name_or_address(string query, string asked)
    {
        await using var building = await Building.Open();
        building.Api.On("GET /api/customers", 200, FakeGateway.List(FakeApi.Account(), FakeApi.Account(lockedAt: "2026-11-21T22:00:00Z")));
        var page = await (await building.Inside()).Get("/admin/customers" + query);
        Assert.Equal(asked, building.Api.CallsTo("GET /api/customers").Single().Query);
        Assert.Equal(["open", "locked"], page.Html.QuerySelectorAll("tbody .state").Select(state => state.TextContent));
    }

    [Fact]
    public async Task An_address_leads_straight_to_its_owner()
    {
        await using var building = await Building.Open();
        building.Api.On("GET /api/customers", 200, FakeGateway.List(FakeApi.Account()));
        Assert.Equal(Page, (await (await building.Inside()).Get("/admin/customers?q=anna@example.org")).Location);
    }

    [Fact]
    public async Task Nobody_found_is_said_in_words()
    {
        await using var building = await Building.Open();
        Assert.Contains("No customer has that name", (await (await building.Inside()).Get("/admin/customers?q=zzz")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await (await building.Inside()).Get($"/admin/customers/{FakeApi.OrderId}")).Status);
    }

    [Fact]
    public async Task One_shows_the_account_its_orders_and_what_staff_did()
    {
        await using var building = await Building.Open();
        var page = await (await building.Inside()).Get(Page);
        Assert.Equal("Anna", page.Heading);
        Assert.Equal($"?limit=20&buyerId={FakeApi.BuyerId}", building.Api.CallsTo("GET /api/orders").Single().Query);
        Assert.Equal(2, page.Html.QuerySelectorAll("[aria-labelledby=orders] tbody tr").Length);
        var change = page.Html.QuerySelector("[aria-labelledby=done] tbody tr")!.TextContent;
        Assert.Contains("Lock", change, StringComparison.Ordinal);
        Assert.Contains("locked: no → yes", change, StringComparison.Ordinal);
        Assert.Contains("Kleio", change, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_is_shown_while_orders_and_the_record_do_not_answer_and_that_is_said()
    {
        await using var building = await Building.Open();
        building.Api.On("GET /api/orders", 503, FakeGateway.Refusal(503, "temporarily_unavailable"));
        building.Api.On("GET /api/staff/changes", 503, FakeGateway.Refusal(503, "temporarily_unavailable"));
        var page = await (await building.Inside()).Get(Page);
        Assert.Equal(200, page.Status);
        Assert.Contains("orders do not answer", page.Text, StringComparison.Ordinal);
        Assert.Contains("the service does not answer", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_is_locked_and_unlocked()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        Assert.Equal(Page + "?done=locked", (await visitor.Submit(await visitor.Get(Page), Page + "/lock")).Location);
        building.Api.On("GET " + Call, 200, FakeApi.Account(lockedAt: "2026-11-21T22:00:00Z"));
        var locked = await visitor.Get(Page + "?done=locked");
        Assert.Null(locked.Html.QuerySelector($"form[action='{Page}/lock']"));
        Assert.Equal(Page + "?done=unlocked", (await visitor.Submit(locked, Page + "/unlock")).Location);
        Assert.Single(building.Api.CallsTo($"POST {Call}/lock"));
        Assert.Single(building.Api.CallsTo($"POST {Call}/unlock"));
    }

    [Theory, InlineData(404, "not_found", 404), InlineData(503, "temporarily_unavailable", 503), InlineData(403, "forbidden", 403)]
    public async Task What_became_of_a_lock_is_told(int status, string code, int shown)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        building.Api.On($"POST {Call}/lock", status, FakeGateway.Refusal(status, code));
        Assert.Equal(shown, (await visitor.Submit(await visitor.Get(Page), Page + "/lock")).Status);
    }

    [Fact]
    public async Task An_admin_erases_one_after_typing_the_address()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside("admin");
        var asked = await visitor.Get(Page + "/erase");
        Assert.Equal("Erase Anna?", asked.Heading);
        var wrong = await visitor.Submit(asked, Page + "/erase", ("email", "anne@example.org"));
        Assert.Equal(422, wrong.Status);
        Assert.Empty(building.Api.CallsTo("DELETE " + Call));
        Assert.Equal("/admin/customers?erased=yes", (await visitor.Submit(asked, Page + "/erase", ("email", " Anna@example.org "))).Location);
        Assert.Single(building.Api.CallsTo("DELETE " + Call));
    }

    [Fact]
    public async Task Staff_do_not_erase()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside();
        var page = await visitor.Get(Page + "/erase");
        Assert.Equal((403, "This room is for admins"), (page.Status, page.Heading));
        var form = await visitor.Get(Page);
        Assert.Equal(403, (await visitor.Post(Page + "/erase", ("email", "anna@example.org"), ("__RequestVerificationToken", form.Input("__RequestVerificationToken")!))).Status);
        Assert.Empty(building.Api.CallsTo("DELETE " + Call));
    }
}

/// <summary>Staff accounts, for admins alone.</summary>
public class StaffAccounts
{
    private static readonly string Page = $"/admin/staff/{FakeApi.StaffId}";
    private static readonly string Call = $"/api/staff/{FakeApi.StaffId}";

    public static TheoryData<string> Rooms => ["/admin/staff", Page];

    [Theory, MemberData(nameof(Rooms))]
    public async Task Are_shown_to_admins_alone(string path)
    {
        await using var building = await Building.Open();
        var page = await (await building.Inside()).Get(path);
        Assert.Equal((403, "This room is for admins"), (page.Status, page.Heading));
        Assert.DoesNotContain(page.Html.QuerySelectorAll("nav.rooms a"), link => link.GetAttribute("href") == "/admin/staff");
        var admins = await (await building.Inside("admin")).Get(path);
        Assert.Equal(200, admins.Status);
        Assert.Contains(admins.Html.QuerySelectorAll("nav.rooms a"), link => link.GetAttribute("href") == "/admin/staff");
    }

    [Theory, InlineData("staff", false), InlineData("admin", true)]
    public async Task Somebody_is_invited_with_a_role(string role, bool isAdmin)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside("admin");
        var done = await visitor.Submit(await visitor.Get("/admin/staff"), "/admin/staff/invite", ("name", "Thalia"), ("email", "thalia@example.org"), ("role", role));
        Assert.Equal("/admin/staff?done=invited", done.Location);
        var sent = building.Api.CallsTo("POST /api/staff").Single().Body;
        Assert.Equal(("Thalia", "thalia@example.org"), (sent.GetProperty("name").GetString(), sent.GetProperty("email").GetString()));
        Assert.Equal(isAdmin ? ["staff", "admin"] : ["staff"], sent.GetProperty("roles").EnumerateArray().Select(one => one.GetString()!).ToArray());
    }

    [Theory, InlineData(409, "email_taken"), InlineData(422, "validation")]
    public async Task A_refused_invitation_says_why_and_keeps_what_was_typed(int status, string code)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside("admin");
        building.Api.On("POST /api/staff", status, FakeGateway.Refusal(status, code, new { errors = new { email = new[] { "must be an e-mail address" } } }));
        var page = await visitor.Submit(await visitor.Get("/admin/staff"), "/admin/staff/invite", ("name", "Thalia"), ("email", "thalia"), ("role", "admin"));
        Assert.Equal(status, page.Status);
        Assert.Contains(code, page.Html.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(("Thalia", "thalia"), (page.Input("name"), page.Input("email")));
        Assert.NotNull(page.Html.QuerySelector("input[value=admin][checked]"));
    }

    [Fact]
    public async Task What_a_colleague_may_do_is_changed()
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside("admin");
        Assert.Equal(Page + "?done=roles", (await visitor.Submit(await visitor.Get(Page), Page + "/roles", ("role", "admin"))).Location);
        Assert.Equal(["staff", "admin"], building.Api.CallsTo($"PUT {Call}/roles").Single().Body.GetProperty("roles").EnumerateArray().Select(one => one.GetString()!));
    }

    [Theory, InlineData("lock", "locked"), InlineData("password-link", "mailed")]
    public async Task An_account_is_locked_and_mailed_a_link(string verb, string done)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside("admin");
        Assert.Equal($"{Page}?done={done}", (await visitor.Submit(await visitor.Get(Page), $"{Page}/{verb}")).Location);
        Assert.Single(building.Api.CallsTo($"POST {Call}/{verb}"));
    }

    [Fact]
    public async Task A_locked_account_is_unlocked_and_one_that_is_left_is_erased()
    {
        await using var building = await Building.Open();
        building.Api.On("GET " + Call, 200, FakeApi.Account(FakeApi.StaffId, "Kleio", lockedAt: "2026-11-21T22:00:00Z", roles: "staff"));
        var visitor = await building.Inside("admin");
        var page = await visitor.Get(Page);
        Assert.Equal(Page + "?done=unlocked", (await visitor.Submit(page, Page + "/unlock")).Location);
        Assert.Equal("/admin/staff?done=erased", (await visitor.Submit(page, Page + "/erase")).Location);
        Assert.Single(building.Api.CallsTo("DELETE " + Call));
    }

    [Theory]
    [InlineData("roles", "PUT", "/roles", 409, "last_admin"), InlineData("lock", "POST", "/lock", 409, "last_admin"), InlineData("erase", "DELETE", "", 409, "last_admin")]
    [InlineData("password-link", "POST", "/password-link", 429, "too_many_requests")]
    public async Task A_refusal_is_said_on_the_page(string form, string method, string verb, int status, string code)
    {
        await using var building = await Building.Open();
        var visitor = await building.Inside("admin");
        building.Api.On($"{method} {Call}{verb}", status, FakeGateway.Refusal(status, code));
        var page = await visitor.Submit(await visitor.Get(Page), $"{Page}/{form}");
        Assert.Equal(status, page.Status);
        Assert.Contains(code, page.Html.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_invited_chooses_a_password_and_goes_on_to_log_in()
    {
        await using var building = await Building.Open();
        var visitor = building.Visitor();
        var page = await visitor.Get("/admin/welcome?token=t0ken");
        Assert.Equal((200, "t0ken"), (page.Status, page.Input("token")));
        Assert.Equal("/admin/login?welcome=yes", (await visitor.Submit(page, "/admin/welcome", ("password", "columns and roofs"))).Location);
        var sent = building.Api.CallsTo("POST /api/staff/invitations/complete").Single().Body;
        Assert.Equal(("t0ken", "columns and roofs"), (sent.GetProperty("token").GetString(), sent.GetProperty("password").GetString()));
        Assert.Contains("Your password is set", (await visitor.Get("/admin/login?welcome=yes")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poor_password_or_an_ended_invitation_is_said()
    {
        await using var building = await Building.Open();
        var visitor = building.Visitor();
        var page = await visitor.Get("/admin/welcome?token=t0ken");
        building.Api.On("POST /api/staff/invitations/complete", 422, FakeGateway.Refusal(422, "validation", new { errors = new { password = new[] { "is one of the commonest: choose another" } } }));
        var poor = await visitor.Submit(page, "/admin/welcome", ("password", "password"));
        Assert.Equal((422, "t0ken"), (poor.Status, poor.Input("token")));
        Assert.Contains("The password is one of the commonest", poor.Text, StringComparison.Ordinal);
        building.Api.On("POST /api/staff/invitations/complete", 400, FakeGateway.Refusal(400, "invitation_token_invalid"));
        Assert.Contains("Ask an admin", (await visitor.Submit(page, "/admin/welcome", ("password", "columns and roofs"))).Text, StringComparison.Ordinal);
        Assert.Contains("Ask an admin", (await visitor.Get("/admin/welcome")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_locked_account_is_told_so_at_the_door()
    {
        await using var building = await Building.Open();
        building.Api.On("POST /api/sessions", 403, FakeGateway.Refusal(403, "account_locked_by_staff"));
        var page = await Building.LogIn(building.Visitor());
        Assert.Equal(403, page.Status);
        Assert.Contains("This account is locked", page.Html.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }
}
