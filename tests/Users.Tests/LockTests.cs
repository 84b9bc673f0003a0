using System.Text.Json;
using Stoa.Kit;

namespace Stoa.Users.Tests;

/// <summary>Staff lock shoppers out, let them in again, and admins erase them.</summary>
public sealed class LockTests(Town town) : IClassFixture<Town>
{
    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);

    [Fact]
    public async Task A_locked_customer_cannot_log_in_and_every_session_ends()
    {
        var email = await town.Person();
        var session = Session.Of(await town.LogIn(email));
        var clerk = town.Users.As((await town.Hired()).Access);
        var reply = await clerk.Post($"/api/customers/{session.UserId}/lock");
        Assert.Equal(200, reply.Status);
        Assert.NotEqual(JsonValueKind.Null, reply.Json.GetProperty("lockedAt").ValueKind);
        Assert.Equal((401, "refresh_token_invalid"), Both(await town.Refresh(session.Refresh)));
        Assert.Equal((403, "account_locked_by_staff"), Both(await town.LogIn(email)));
    }

    [Fact]
    public async Task Whoever_does_not_know_the_password_is_not_told_of_the_lock()
    {
        var email = await town.Person();
        var id = Session.Of(await town.LogIn(email)).UserId;
        await town.Users.As((await town.Hired()).Access).Post($"/api/customers/{id}/lock");
        Assert.Equal((401, "login_failed"), Both(await town.LogIn(email, "a wrong password")));
    }

    [Fact]
    public async Task An_unlocked_customer_logs_in_as_before()
    {
        var email = await town.Person();
        var id = Session.Of(await town.LogIn(email)).UserId;
        var clerk = town.Users.As((await town.Hired()).Access);
        await clerk.Post($"/api/customers/{id}/lock");
        Assert.Equal(200, (await clerk.Post($"/api/customers/{id}/unlock")).Status);
        Assert.Equal(201, (await town.LogIn(email)).Status);
    }

    [Fact]
    public async Task A_session_that_begins_while_the_lock_is_set_does_not_outlive_it()
    {
        var email = await town.Person();
        var id = Session.Of(await town.LogIn(email)).UserId;
        var clerk = town.Users.As((await town.Hired()).Access);
        var logins = Enumerable.Range(0, 4).Select(_ => town.LogIn(email)).ToArray();
        await clerk.Post($"/api/customers/{id}/lock");
        foreach (var login in await Task.WhenAll(logins))
        {
            if (login.Status == 201) Assert.Equal(401, (await town.Refresh(Session.Of(login).Refresh)).Status);
        }
    }

    [Fact]
    public async Task It_is_recorded_once_who_did_it_when_and_how_it_stood()
    {
        var customer = Session.Of(await town.LogIn(await town.Person())).UserId;
        var clerk = await town.Hired();
        await town.Users.As(clerk.Access).Post($"/api/customers/{customer}/lock");
        await town.Users.As(clerk.Access).Post($"/api/customers/{customer}/lock"); // is so already
        town.Clock.Advance(TimeSpan.FromSeconds(1));
        await town.Users.As(clerk.Access).Post($"/api/customers/{customer}/unlock");
        var changes = await town.Changes(customer);
        Assert.Equal(["unlock", "lock"], changes.Select(one => one.GetProperty("action").GetString()));
        Assert.Equal(clerk.UserId, changes[1].GetProperty("by").GetGuid());
        Assert.Equal((false, true), (Locked(changes[1], "before"), Locked(changes[1], "after")));
        Assert.Equal((true, false), (Locked(changes[0], "before"), Locked(changes[0], "after")));
    }

    [Fact]
    public async Task An_admin_erases_a_customer_and_the_record_names_nobody()
    {
        var email = await town.Person();
        var session = Session.Of(await town.LogIn(email));
        var admin = await town.Admin();
        Assert.Equal(204, (await admin.Delete($"/api/customers/{session.UserId}")).Status);
        Assert.Equal((401, "login_failed"), Both(await town.LogIn(email)));
        Assert.Equal((401, "refresh_token_invalid"), Both(await town.Refresh(session.Refresh)));
        Assert.Equal((404, "not_found"), Both(await admin.Delete($"/api/customers/{session.UserId}")));
        Assert.Contains(await town.Told("user.erased"), told => told.GetProperty("userId").GetGuid() == session.UserId);
        var record = Assert.Single(await town.Changes(session.UserId));
        Assert.Equal("erase", record.GetProperty("action").GetString());
        Assert.Equal(JsonValueKind.Null, record.GetProperty("after").ValueKind);
        Assert.DoesNotContain(email, record.ToString(), StringComparison.Ordinal);
    }

    [Theory, InlineData("POST", "/lock"), InlineData("POST", "/unlock"), InlineData("DELETE", "")]
    public async Task No_shopper_may_do_it_and_only_admins_erase(string method, string verb)
    {
        var customer = Session.Of(await town.LogIn(await town.Person())).UserId;
        Task<Reply> Send(string? token) => town.Users.As(token).Send(new HttpMethod(method), $"/api/customers/{customer}{verb}", null, null, []);
        Assert.Equal(401, (await Send(null)).Status);
        Assert.Equal(403, (await Send((await town.PersonsSession()).Access)).Status);
        Assert.Equal(403, (await Send((await town.Guest()).Access)).Status);
        Assert.Equal(method == "DELETE" ? 403 : 200, (await Send((await town.Hired()).Access)).Status);
    }

    [Fact]
    public async Task Staff_are_no_customers_and_nobody_is_404()
    {
        var (admin, colleague) = (await town.Admin(), (await town.Hired()).UserId);
        foreach (var id in (Guid[])[colleague, new("0195e2a0-0000-7000-8000-000000000001")])
        {
            Assert.Equal((404, "not_found"), Both(await admin.Post($"/api/customers/{id}/lock")));
            Assert.Equal((404, "not_found"), Both(await admin.Post($"/api/customers/{id}/unlock")));
            Assert.Equal((404, "not_found"), Both(await admin.Delete($"/api/customers/{id}")));
        }
    }

    [Fact]
    public async Task Customers_are_found_by_a_part_of_their_name_in_any_case_and_nothing_in_it_is_a_pattern()
    {
        var admin = await town.Admin();
        var ann = await town.Users.Post("/api/users", new { name = "Änne 100% Öz_turk", email = town.NewEmail(), password = Town.Password });
        async Task<bool> Finds(string name) => (await admin.Get("/api/customers?limit=100&name=" + Uri.EscapeDataString(name))).Json.GetProperty("items")
            .EnumerateArray().Any(one => one.GetProperty("id").GetGuid() == ann.Json.GetProperty("id").GetGuid());
        Assert.True(await Finds("änne 100% öz_"));
        Assert.True(await Finds("ÖZ_TURK"));
        Assert.False(await Finds("10_"));
        Assert.False(await Finds("änne%turk"));
        Assert.Equal((422, "validation"), Both(await admin.Get("/api/customers?name=" + new string('a', 101))));
    }

    [Fact]
    public async Task A_changed_name_is_found_too()
    {
        var session = await town.PersonsSession();
        await town.Users.As(session.Access).Patch("/api/users/me", new { name = "Zenobia of Palmyra" });
        var found = (await (await town.Admin()).Get("/api/customers?name=palmyra")).Json.GetProperty("items");
        Assert.Equal(session.UserId, Assert.Single(found.EnumerateArray()).GetProperty("id").GetGuid());
    }

    private static bool Locked(JsonElement change, string when) => change.GetProperty(when).GetProperty("locked").GetBoolean();
}
