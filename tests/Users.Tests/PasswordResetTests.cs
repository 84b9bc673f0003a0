using System.Text.Json;
using Stoa.Kit;

namespace Stoa.Users.Tests;

public sealed class PasswordResetTests(Town town) : IClassFixture<Town>
{
    private const string Asked = "user.password_reset_asked";
    private const string Purpose = MailedLinks.PasswordReset;
    private const string New = "a rainy night in June";
    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);

    private async Task<string> TokenFor(string email)
    {
        Assert.Equal(202, (await town.AskReset(email)).Status);
        return await town.MailedToken(Purpose, email);
    }

    [Fact]
    public async Task Sets_the_password_ends_every_session_and_lifts_a_lock()
    {
        var email = await town.Person();
        var session = Session.Of(await town.LogIn(email));
        for (var i = 0; i < LoginAttempts.Most; i++) await town.LogIn(email, "a wrong password");
        Assert.Equal((429, "account_locked"), Both(await town.LogIn(email)));

        var token = await TokenFor(email.ToUpperInvariant());
        Assert.Equal(204, (await town.CompleteReset(token, New)).Status);

        Assert.Equal((401, "refresh_token_invalid"), Both(await town.Refresh(session.Refresh)));
        Assert.Equal((401, "login_failed"), Both(await town.LogIn(email)));
        var fresh = Session.Of(await town.LogIn(email, New));
        Assert.True((await town.Users.As(fresh.Access).Get("/api/users/me")).Json.GetProperty("emailConfirmed").GetBoolean()); // its mail was read
    }

    [Fact]
    public async Task A_token_serves_once()
    {
        var email = await town.Person();
        var token = await TokenFor(email);
        Assert.Equal(204, (await town.CompleteReset(token, New)).Status);
        Assert.Equal((400, "reset_token_invalid"), Both(await town.CompleteReset(token, "yet another password")));
        Assert.Equal(201, (await town.LogIn(email, New)).Status);
    }

    [Fact]
    public async Task A_token_that_is_shown_many_times_at_once_serves_once()
    {
        var token = await TokenFor(await town.Person());
        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => town.CompleteReset(token, $"{New} {i}")));
        Assert.Single(replies, reply => reply.Status == 204);
        Assert.All(replies.Where(reply => reply.Status != 204), reply => Assert.Contains(Both(reply), ((int, string?)[])[(400, "reset_token_invalid"), (503, "temporarily_unavailable")]));
    }

    [Fact]
    public async Task A_newer_link_ends_the_older()
    {
        var email = await town.Person();
        var token = await TokenFor(email);
        var older = await town.Link(Purpose, email);
        var newer = await TokenFor(email);
        Assert.Equal((400, "reset_token_invalid"), Both(await town.CompleteReset(token, New)));
        Assert.Equal((404, "not_found"), Both(await town.Mail(older)));
        Assert.Equal(204, (await town.CompleteReset(newer, New)).Status);
    }

    [Fact]
    public async Task A_mail_that_is_tried_again_works_whichever_of_them_arrives()
    {
        var email = await town.Person();
        Assert.Equal(202, (await town.AskReset(email)).Status);
        var link = await town.Link(Purpose, email);
        var (first, second) = (Town.Token(await town.Mail(link)), Town.Token(await town.Mail(link)));
        Assert.NotEqual(first, second);
        Assert.Equal(204, (await town.CompleteReset(first, New)).Status);
        Assert.Equal((400, "reset_token_invalid"), Both(await town.CompleteReset(second, New)));
    }

    [Fact]
    public async Task A_token_ends_after_an_hour_and_so_does_the_wish_for_one()
    {
        var email = await town.Person();
        var token = await TokenFor(email);
        var link = await town.Link(Purpose, email);
        town.Clock.Advance(AnHour - TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await town.Mail(link)).Status);
        town.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((400, "reset_token_invalid"), Both(await town.CompleteReset(token, New)));
        Assert.Equal((404, "not_found"), Both(await town.Mail(link)));
    }

    [Fact]
    public async Task Answers_an_address_that_nobody_has_alike_and_limits_it_alike()
    {
        var (known, unknown) = (await town.Person(), town.NewEmail());
        for (var i = 0; i < 3; i++)
        {
            var (one, other) = (await town.AskReset(known), await town.AskReset(unknown));
            Assert.Equal((202, ""), (one.Status, one.Body));
            Assert.Equal((one.Status, one.Body), (other.Status, other.Body));
        }

        var (refused, refusedToo) = (await town.AskReset(known), await town.AskReset(unknown));
        Assert.Equal((429, "too_many_requests"), Both(refused));
        Assert.Equal((429, "too_many_requests"), Both(refusedToo));
        Assert.Equal(refused.Header("Retry-After"), refusedToo.Header("Retry-After"));
        town.Clock.Advance(AnHour);
        Assert.Equal(202, (await town.AskReset(known)).Status);
        Assert.Equal(202, (await town.AskReset(unknown)).Status);
        Assert.Equal((404, "not_found"), Both(await town.Mail(await town.Link(Purpose, unknown)))); // and is mailed nothing
    }

    [Fact]
    public async Task Does_the_same_work_for_an_address_that_nobody_has()
    {
        async Task<(int Links, int Events)> Traces(string email)
        {
            var links = await town.Database.Scalar<int>("SELECT COUNT(*) FROM mailed_links WHERE purpose = @Purpose AND address = @address", new { Purpose, address = EmailAddress.Hash(email) });
            return (links, await town.CountTold(Asked));
        }

        var (known, unknown) = (await town.Person(), town.NewEmail());
        var before = (await Traces(known)).Events;
        await town.AskReset(known);
        Assert.Equal((1, before + 1), await Traces(known));
        await town.AskReset(unknown);
        Assert.Equal((1, before + 2), await Traces(unknown));
    }

    [Fact]
    public async Task Stores_no_token_and_tells_none()
    {
        var email = await town.Person();
        var token = await TokenFor(email);
        Assert.DoesNotContain(token, await town.Database.Query<string>("SELECT hash FROM mailed_tokens"));
        var told = await town.Database.Query<string>("SELECT data FROM event_log WHERE type = @Asked", new { Asked });
        Assert.All(told, data => Assert.Equal(["linkId"], JsonDocument.Parse(data).RootElement.EnumerateObject().Select(one => one.Name)));
        Assert.DoesNotContain(await town.Database.Query<string>("SELECT address FROM mailed_links"), address => address.Contains('@', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Is_of_no_use_once_the_account_has_another_address_or_is_erased()
    {
        var (moved, erased) = (await town.Person(), await town.Person());
        var (movedToken, erasedToken) = (await TokenFor(moved), await TokenFor(erased));
        var me = town.Users.As(Session.Of(await town.LogIn(moved)).Access);
        Assert.Equal(200, (await me.Patch("/api/users/me", new { email = town.NewEmail(), currentPassword = Town.Password })).Status);
        await town.Users.As(Session.Of(await town.LogIn(erased)).Access).Delete("/api/users/me");
        Assert.Equal((400, "reset_token_invalid"), Both(await town.CompleteReset(movedToken, New)));
        Assert.Equal((400, "reset_token_invalid"), Both(await town.CompleteReset(erasedToken, New)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Refuses_what_is_no_token_of_ours(string? token) =>
        Assert.Equal((400, "reset_token_invalid"), Both(await town.CompleteReset(token, New)));

    [Fact]
    public async Task A_password_that_is_refused_leaves_the_token_good()
    {
        var token = await TokenFor(await town.Person());
        Assert.Equal((422, "validation"), Both(await town.CompleteReset(token, "password1")));
        Assert.Equal(204, (await town.CompleteReset(token, New)).Status);
    }

    [Fact]
    public async Task Refuses_what_is_no_address() => Assert.Equal((422, "validation"), Both(await town.AskReset("nobody")));

    [Fact]
    public async Task Nobody_but_a_service_may_ask_for_a_token()
    {
        var email = await town.Person();
        await town.AskReset(email);
        var path = $"/internal/mailed-links/{await town.Link(Purpose, email)}/token";
        Assert.Equal(401, (await town.Users.Post(path)).Status);
        Assert.Equal(401, (await town.Users.As((await town.PersonsSession()).Access).Post(path)).Status);
    }

    [Fact]
    public async Task No_service_but_the_one_that_writes_mails_may_ask_for_a_token()
    {
        var email = await town.Person();
        await town.AskReset(email);
        var path = $"/internal/mailed-links/{await town.Link(Purpose, email)}/token";
        Assert.Equal(403, (await town.Store.Internal("users").Post(path)).Status);
    }
}
