using Stoa.Kit;

namespace Stoa.Users.Tests;

public sealed class ProfileTests(Town town) : IClassFixture<Town>
{
    private const string Another = "quite another password";

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);

    private async Task<(string Email, Session Session, Api Me)> Person()
    {
        var email = await town.Person();
        var session = Session.Of(await town.LogIn(email));
        return (email, session, town.Users.As(session.Access));
    }

    [Fact]
    public async Task Shows_the_users_own_profile()
    {
        var (email, session, me) = await Person();
        var reply = await me.Get("/api/users/me");
        Assert.Equal(200, reply.Status);
        Assert.Equal(["createdAt", "email", "emailConfirmed", "id", "name", "roles"], reply.Json.EnumerateObject().Select(one => one.Name).Order());
        Assert.Equal(session.UserId, reply.Json.GetProperty("id").GetGuid());
        Assert.Equal(email, reply.Json.GetProperty("email").GetString());
        Assert.Equal((401, "unauthenticated"), Both(await town.Users.Get("/api/users/me")));
    }

    [Fact]
    public async Task Changes_the_fields_that_are_sent_and_no_other()
    {
        var (email, _, me) = await Person();
        var reply = await me.Patch("/api/users/me", new { name = " Ben Example " });
        Assert.Equal(200, reply.Status);
        Assert.Equal("Ben Example", reply.Json.GetProperty("name").GetString());
        Assert.Equal(email, reply.Json.GetProperty("email").GetString());
        Assert.Equal(200, (await me.Patch("/api/users/me", new { email })).Status); // the same address is no change
        Assert.Equal("Ben Example", (await me.Get("/api/users/me")).Json.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("name", """{"name": ""}""")]
    [InlineData("email", """{"email": "nobody"}""")]
    [InlineData("password", """{"password": "password1"}""")]
    [InlineData("currentPassword", """{"password": "quite another password"}""")]
    [InlineData("currentPassword", """{"email": "new@example.com"}""")]
    [InlineData("currentPassword", """{"email": "new@example.com", "currentPassword": "not my password"}""")]
    public async Task Refuses_a_field_that_is_not_as_it_must_be(string field, string body)
    {
        var clerk = Session.Of(await town.LogIn(Town.StaffEmail, Town.StaffPassword));
        var reply = await town.Users.As(clerk.Access).Patch("/api/users/me", body);
        Assert.Equal((422, "validation"), Both(reply));
        Assert.Equal([field], reply.Json.GetProperty("errors").EnumerateObject().Select(one => one.Name));
    }

    [Fact]
    public async Task A_new_address_is_the_one_to_log_in_with()
    {
        var (old, _, me) = await Person();
        var fresh = town.NewEmail();
        Assert.Equal(200, (await me.Patch("/api/users/me", new { email = fresh, currentPassword = Town.Password })).Status);
        Assert.Equal(201, (await town.LogIn(fresh)).Status);
        Assert.Equal(401, (await town.LogIn(old)).Status);
    }

    [Fact]
    public async Task Refuses_an_address_that_another_has_and_changes_nothing()
    {
        var (email, session, me) = await Person();
        var taken = await town.Person();
        var reply = await me.Patch("/api/users/me", new { email = taken.ToUpperInvariant(), password = Another, currentPassword = Town.Password });
        Assert.Equal((409, "email_taken"), Both(reply));
        Assert.Equal(201, (await town.LogIn(email)).Status);
        Assert.Equal(201, (await town.Refresh(session.Refresh)).Status);
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions()
    {
        var (email, session, me) = await Person();
        var elsewhere = Session.Of(await town.LogIn(email));
        Assert.Equal(200, (await me.Patch("/api/users/me", new { password = Another, currentPassword = Town.Password })).Status);
        Assert.Equal(401, (await town.LogIn(email)).Status);
        Assert.Equal(201, (await town.LogIn(email, Another)).Status);
        Assert.Equal(201, (await town.Refresh(session.Refresh)).Status);
        Assert.Equal(401, (await town.Refresh(elsewhere.Refresh)).Status);
    }

    [Fact]
    public async Task Wrong_current_passwords_lock_the_account_as_failed_logins_do()
    {
        var (email, _, me) = await Person();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(422, (await me.Patch("/api/users/me", new { password = Another, currentPassword = "wrong wrong" })).Status);
            Assert.Equal(200, (await me.Patch("/api/users/me", new { name = "Ann" })).Status); // which forgets none of them
        }

        Assert.Equal((429, "account_locked"), Both(await me.Patch("/api/users/me", new { password = Another, currentPassword = Town.Password })));
        Assert.Equal((429, "account_locked"), Both(await town.LogIn(email)));
    }

    [Fact]
    public async Task Erasing_removes_all_that_is_personal_and_tells_the_others()
    {
        var (email, session, me) = await Person();
        await town.LogIn(email, "wrong wrong");
        Assert.Equal(204, (await me.Delete("/api/users/me")).Status);
        Assert.Equal(204, (await me.Delete("/api/users/me")).Status); // the answer was lost

        Assert.Equal((404, "not_found"), Both(await me.Get("/api/users/me")));
        Assert.Equal((404, "not_found"), Both(await me.Patch("/api/users/me", new { name = "Ann" })));
        Assert.Equal((401, "login_failed"), Both(await town.LogIn(email)));
        Assert.Equal((401, "refresh_token_invalid"), Both(await town.Refresh(session.Refresh)));
        Assert.Equal(404, (await town.Store.Internal("users").Get($"/internal/users/{session.UserId}")).Status);
        Assert.Single(await town.Told("user.erased"), data => data.GetProperty("userId").GetGuid() == session.UserId);
        Assert.Equal(201, (await town.SignUp(email)).Status); // the address is free
    }

    [Fact]
    public async Task Events_carry_no_address_and_no_name()
    {
        var guest = await town.Guest();
        var email = town.NewEmail();
        await town.SignUp(email, guestToken: guest.Access);
        await town.Users.As(Session.Of(await town.LogIn(email)).Access).Delete("/api/users/me");
        var feed = string.Concat(await town.Store.Told("users"));
        Assert.Contains("user.erased", feed, StringComparison.Ordinal);
        Assert.DoesNotContain("example.com", feed, StringComparison.Ordinal);
        Assert.DoesNotContain("Ann", feed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_services_learn_whom_to_write_to()
    {
        var (email, session, me) = await Person();
        var person = (await town.Store.Internal("users").Get($"/internal/users/{session.UserId}")).Json;
        Assert.Equal((email, "Ann Example"), (person.GetProperty("email").GetString(), person.GetProperty("name").GetString()));
        Assert.Equal(401, (await me.Get($"/internal/users/{session.UserId}")).Status);
        Assert.Equal(404, (await town.Store.Internal("users").Get($"/internal/users/{(await town.Guest()).UserId}")).Status);
    }
}
