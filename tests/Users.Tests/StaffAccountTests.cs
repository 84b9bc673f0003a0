using System.Text.Json;
using Stoa.Kit;

namespace Stoa.Users.Tests;

/// <summary>Admins invite staff, say what they may do, lock them and mail them links; never so that no admin is left.</summary>
public sealed class StaffAccountTests(Town town) : IClassFixture<Town>
{
    private static readonly string[] AsStaff = ["staff"];
    private static readonly string[] AsAdmin = ["staff", "admin"];

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);

    private static string[] Roles(JsonElement account) => [.. account.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!)];

    [Fact]
    public async Task Whoever_is_invited_chooses_a_password_by_the_mailed_link_and_is_staff()
    {
        var email = town.NewEmail();
        var invited = await town.Invite(email, AsStaff);
        Assert.Equal(201, invited.Status);
        Assert.True(invited.Json.GetProperty("invited").GetBoolean());
        Assert.Equal((401, "login_failed"), Both(await town.LogIn(email, "anything at all")));
        Assert.Equal(204, (await town.Accept(await town.MailedToken(MailedLinks.StaffInvitation, email), Town.Password)).Status);
        var session = Session.Of(await town.LogIn(email));
        Assert.Equal(AsStaff, session.Roles);
        var seen = (await (await town.Admin()).Get($"/api/staff/{session.UserId}")).Json;
        Assert.Equal((false, true), (seen.GetProperty("invited").GetBoolean(), seen.GetProperty("emailConfirmed").GetBoolean()));
    }

    [Fact]
    public async Task An_invitation_serves_once_for_a_week()
    {
        var (used, old) = (town.NewEmail(), town.NewEmail());
        await town.Invite(used, AsStaff);
        await town.Invite(old, AsStaff);
        var (token, late) = (await town.MailedToken(MailedLinks.StaffInvitation, used), await town.MailedToken(MailedLinks.StaffInvitation, old));
        town.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(204, (await town.Accept(token, Town.Password)).Status);
        Assert.Equal((400, "invitation_token_invalid"), Both(await town.Accept(token, "another password altogether")));
        town.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal((400, "invitation_token_invalid"), Both(await town.Accept(late, Town.Password)));
    }

    [Fact]
    public async Task A_newer_invitation_ends_the_older_and_so_does_a_password_chosen_another_way()
    {
        var (email, other) = (town.NewEmail(), town.NewEmail());
        var id = (await town.Invite(email, AsStaff)).Json.GetProperty("id").GetGuid();
        var first = await town.MailedToken(MailedLinks.StaffInvitation, email);
        Assert.Equal(202, (await (await town.Admin()).Post($"/api/staff/{id}/password-link")).Status);
        Assert.Equal((400, "invitation_token_invalid"), Both(await town.Accept(first, Town.Password)));
        Assert.Equal(204, (await town.Accept(await town.MailedToken(MailedLinks.StaffInvitation, email), Town.Password)).Status);

        await town.Invite(other, AsStaff);
        var invitation = await town.MailedToken(MailedLinks.StaffInvitation, other);
        await town.AskReset(other);
        await town.CompleteReset(await town.MailedToken(MailedLinks.PasswordReset, other), Town.Password);
        Assert.Equal((400, "invitation_token_invalid"), Both(await town.Accept(invitation, "another password altogether")));
        Assert.Equal((404, "not_found"), Both(await town.Mail(await town.Link(MailedLinks.StaffInvitation, other))));
    }

    [Theory, InlineData(null), InlineData("nonsense"), InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_invitation_opens_nothing(string? token) =>
        Assert.Equal((400, "invitation_token_invalid"), Both(await town.Accept(token, Town.Password)));

    [Fact]
    public async Task A_link_for_a_forgotten_password_is_no_invitation_and_a_poor_password_leaves_the_invitation_good()
    {
        var email = await town.Person();
        await town.AskReset(email);
        Assert.Equal((400, "invitation_token_invalid"), Both(await town.Accept(await town.MailedToken(MailedLinks.PasswordReset, email), Town.Password)));
        var invited = town.NewEmail();
        await town.Invite(invited, AsStaff);
        var token = await town.MailedToken(MailedLinks.StaffInvitation, invited);
        Assert.Equal((400, "reset_token_invalid"), Both(await town.CompleteReset(token, Town.Password)));
        Assert.Equal((422, "validation"), Both(await town.Accept(token, "password1")));
        Assert.Equal(204, (await town.Accept(token, Town.Password)).Status);
    }

    [Fact]
    public async Task An_address_with_an_account_is_not_invited()
    {
        var (customers, staffs) = (await town.Person(), town.NewEmail());
        await town.Invite(staffs, AsStaff);
        Assert.Equal((409, "email_taken"), Both(await town.Invite(customers.ToUpperInvariant(), AsStaff)));
        Assert.Equal((409, "email_taken"), Both(await town.Invite(staffs, AsStaff)));
        Assert.Equal((409, "email_taken"), Both(await town.SignUp(staffs)));
    }

    public static TheoryData<string[]?> NoRoles => [(string[]?)null, Array.Empty<string>(), new[] { "customer" }, new[] { "staff", "staff" }, new[] { "guest", "staff" }];

    [Theory, MemberData(nameof(NoRoles))]
    public async Task Roles_are_staff_or_admin_or_both(string[]? roles)
    {
        var admin = await town.Admin();
        var colleague = (await town.Hired()).UserId;
        Assert.Equal((422, "validation"), Both(await town.Invite(town.NewEmail(), roles)));
        Assert.Equal((422, "validation"), Both(await admin.Put($"/api/staff/{colleague}/roles", new { roles })));
    }

    [Fact]
    public async Task An_invitation_needs_a_name_and_an_address() =>
        Assert.Equal(["email", "name"], (await (await town.Admin()).Post("/api/staff", new { roles = AsStaff })).Json.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order());

    [Fact]
    public async Task Roles_change_with_the_next_access_token_and_it_is_recorded()
    {
        var colleague = await town.Hired();
        town.Clock.Advance(TimeSpan.FromSeconds(1));
        var admin = await town.Admin();
        var reply = await admin.Put($"/api/staff/{colleague.UserId}/roles", new { roles = AsAdmin });
        Assert.Equal(["admin", "staff"], Roles(reply.Json));
        town.Clock.Advance(TimeSpan.FromSeconds(1));
        var renewed = Session.Of(await town.Refresh(colleague.Refresh));
        Assert.Equal(["admin", "staff"], renewed.Roles);
        Assert.Equal(200, (await admin.Put($"/api/staff/{colleague.UserId}/roles", new { roles = AsStaff })).Status);
        Assert.Equal(AsStaff, Session.Of(await town.Refresh(renewed.Refresh)).Roles);
        var changes = await town.Changes(colleague.UserId);
        Assert.Equal(["change_roles", "change_roles", "accept_invitation", "invite"], changes.Select(one => one.GetProperty("action").GetString()));
        Assert.Equal(["staff"], Roles(changes[1].GetProperty("before")));
        Assert.Equal(["admin", "staff"], Roles(changes[1].GetProperty("after")));
        Assert.Equal(colleague.UserId, changes[2].GetProperty("by").GetGuid());
        Assert.Equal(JsonValueKind.Null, changes[3].GetProperty("before").ValueKind);
    }

    [Fact]
    public async Task A_locked_colleague_is_out_until_unlocked()
    {
        var colleague = await town.Hired();
        var admin = await town.Admin();
        Assert.Equal(200, (await admin.Post($"/api/staff/{colleague.UserId}/lock")).Status);
        Assert.Equal((401, "refresh_token_invalid"), Both(await town.Refresh(colleague.Refresh)));
        Assert.Equal(200, (await admin.Post($"/api/staff/{colleague.UserId}/unlock")).Status);
        var email = (await admin.Get($"/api/staff/{colleague.UserId}")).Json.GetProperty("email").GetString()!;
        Assert.Equal(201, (await town.LogIn(email)).Status);
    }

    [Fact]
    public async Task A_link_for_a_new_password_is_mailed_and_the_old_holds_until_then()
    {
        var colleague = await town.Hired();
        var admin = await town.Admin();
        var email = (await admin.Get($"/api/staff/{colleague.UserId}")).Json.GetProperty("email").GetString()!;
        Assert.Equal(202, (await admin.Post($"/api/staff/{colleague.UserId}/password-link")).Status);
        Assert.Equal(201, (await town.LogIn(email)).Status);
        Assert.Equal(204, (await town.CompleteReset(await town.MailedToken(MailedLinks.PasswordReset, email), "a rainy night in June")).Status);
        Assert.Equal(201, (await town.LogIn(email, "a rainy night in June")).Status);
        await admin.Post($"/api/staff/{colleague.UserId}/password-link");
        await admin.Post($"/api/staff/{colleague.UserId}/password-link");
        Assert.Equal((429, "too_many_requests"), Both(await admin.Post($"/api/staff/{colleague.UserId}/password-link")));
    }

    [Fact]
    public async Task Somebody_who_left_is_erased()
    {
        var colleague = await town.Hired();
        var admin = await town.Admin();
        Assert.Equal(204, (await admin.Delete($"/api/staff/{colleague.UserId}")).Status);
        Assert.Equal((401, "refresh_token_invalid"), Both(await town.Refresh(colleague.Refresh)));
        Assert.Equal((404, "not_found"), Both(await admin.Get($"/api/staff/{colleague.UserId}")));
    }

    [Fact]
    public async Task Customers_are_no_staff_and_nobody_is_404()
    {
        var (admin, customer) = (await town.Admin(), (await town.PersonsSession()).UserId);
        foreach (var id in (Guid[])[customer, new("0195e2a0-0000-7000-8000-000000000001")])
        {
            Assert.Equal((404, "not_found"), Both(await admin.Get($"/api/staff/{id}")));
            Assert.Equal((404, "not_found"), Both(await admin.Post($"/api/staff/{id}/lock")));
            Assert.Equal((404, "not_found"), Both(await admin.Post($"/api/staff/{id}/unlock")));
            Assert.Equal((404, "not_found"), Both(await admin.Post($"/api/staff/{id}/password-link")));
            Assert.Equal((404, "not_found"), Both(await admin.Put($"/api/staff/{id}/roles", new { roles = AsStaff })));
            Assert.Equal((404, "not_found"), Both(await admin.Delete($"/api/staff/{id}")));
        }
    }

    [Theory]
    [InlineData("POST", "/api/staff"), InlineData("PUT", "/api/staff/{0}/roles"), InlineData("POST", "/api/staff/{0}/lock"), InlineData("POST", "/api/staff/{0}/unlock")]
    [InlineData("POST", "/api/staff/{0}/password-link"), InlineData("DELETE", "/api/staff/{0}")]
    public async Task Only_admins_may(string method, string path)
    {
        var colleague = await town.Hired();
        Task<Reply> Send(string? token) => town.Users.As(token).Send(new HttpMethod(method), path.Replace("{0}", colleague.UserId.ToString(), StringComparison.Ordinal), "{}", null, []);
        Assert.Equal((401, "unauthenticated"), Both(await Send(null)));
        Assert.Equal((403, "forbidden"), Both(await Send((await town.PersonsSession()).Access)));
        Assert.Equal((403, "forbidden"), Both(await Send(colleague.Access)));
    }

    [Theory, InlineData("/api/staff/changes"), InlineData("/api/staff/0195e2a0-0000-7000-8000-000000000001")]
    public async Task Shoppers_may_not_look(string path)
    {
        Assert.Equal(401, (await town.Users.Get(path)).Status);
        Assert.Equal(403, (await town.Users.As((await town.PersonsSession()).Access).Get(path)).Status);
        Assert.NotEqual(403, (await town.Users.As((await town.Hired()).Access).Get(path)).Status);
    }
}
