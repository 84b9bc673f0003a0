using Stoa.Kit;

namespace Stoa.Users.Tests;

public sealed class EmailConfirmationTests(Town town) : IClassFixture<Town>
{
    private const string Asked = "user.email_confirmation_asked";
    private const string Purpose = MailedLinks.EmailConfirmation;

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);

    private static async Task<bool> IsConfirmed(Api me) => (await me.Get("/api/users/me")).Json.GetProperty("emailConfirmed").GetBoolean();

    private async Task<(string Email, Api Me)> Person()
    {
        var email = await town.Person();
        return (email, town.Users.As(Session.Of(await town.LogIn(email)).Access));
    }

    [Fact]
    public async Task Signing_up_asks_for_it_in_the_shoppers_language_and_the_mailed_token_gives_it_once()
    {
        var email = town.NewEmail();
        await town.Users.Post("/api/users", new { name = "Ann Example", email, password = Town.Password }, null, ("Accept-Language", "fr;q=0.3, de-AT, en;q=0.8"));
        var me = town.Users.As(Session.Of(await town.LogIn(email)).Access);
        Assert.False(await IsConfirmed(me));

        var mail = await town.Mail(await town.Link(Purpose, email));
        Assert.Equal((email, "Ann Example", "de"), (mail.Json.GetProperty("email").GetString(), mail.Json.GetProperty("name").GetString(), mail.Json.GetProperty("language").GetString()));
        Assert.Equal(204, (await town.Confirm(Town.Token(mail))).Status);
        Assert.True(await IsConfirmed(me));
        Assert.Equal((400, "confirmation_token_invalid"), Both(await town.Confirm(Town.Token(mail))));
    }

    [Fact]
    public async Task May_be_asked_for_again_but_not_without_end()
    {
        var (email, me) = await Person(); // signing up asked once
        var first = await town.MailedToken(Purpose, email);
        Assert.Equal(202, (await me.Post("/api/email-confirmations")).Status);
        Assert.Equal(202, (await me.Post("/api/email-confirmations")).Status);
        var refused = await me.Post("/api/email-confirmations");
        Assert.Equal((429, "too_many_requests"), Both(refused));
        Assert.NotNull(refused.Header("Retry-After"));
        Assert.Equal((400, "confirmation_token_invalid"), Both(await town.Confirm(first))); // a new one ends the old
        Assert.Equal(204, (await town.Confirm(await town.MailedToken(Purpose, email))).Status);
        Assert.Equal((409, "email_already_confirmed"), Both(await me.Post("/api/email-confirmations")));
    }

    [Fact]
    public async Task A_changed_address_is_to_be_confirmed_and_the_old_ones_link_confirms_nothing()
    {
        var (email, me) = await Person();
        var old = await town.MailedToken(Purpose, email);
        email = town.NewEmail();
        var changed = await me.Patch("/api/users/me", new { email, currentPassword = Town.Password });
        Assert.False(changed.Json.GetProperty("emailConfirmed").GetBoolean());
        Assert.Equal((400, "confirmation_token_invalid"), Both(await town.Confirm(old)));
        Assert.Equal(204, (await town.Confirm(await town.MailedToken(Purpose, email))).Status);
        Assert.True(await IsConfirmed(me));

        Assert.False((await me.Patch("/api/users/me", new { email = town.NewEmail(), currentPassword = Town.Password })).Json.GetProperty("emailConfirmed").GetBoolean());
        Assert.False(await IsConfirmed(me));
    }

    [Fact]
    public async Task The_same_address_written_another_way_stays_confirmed()
    {
        var (email, me) = await Person();
        await town.Confirm(await town.MailedToken(Purpose, email));
        var told = await town.CountTold(Asked);
        var changed = await me.Patch("/api/users/me", new { email = email.ToUpperInvariant(), currentPassword = Town.Password });
        Assert.True(changed.Json.GetProperty("emailConfirmed").GetBoolean());
        Assert.True(await IsConfirmed(me));
        Assert.Equal(told, await town.CountTold(Asked));
    }

    [Fact]
    public async Task An_address_that_somebody_has_is_mailed_nothing_by_who_would_like_it()
    {
        var (taken, (_, me)) = (await town.Person(), await Person());
        var told = await town.CountTold(Asked);
        Assert.Equal((409, "email_taken"), Both(await me.Patch("/api/users/me", new { email = taken, currentPassword = Town.Password })));
        Assert.Equal(told, await town.CountTold(Asked));
    }

    [Fact]
    public async Task One_purposes_token_serves_no_other()
    {
        var email = await town.Person();
        var confirmation = await town.MailedToken(Purpose, email);
        await town.AskReset(email);
        var reset = await town.MailedToken(MailedLinks.PasswordReset, email);
        Assert.Equal((400, "reset_token_invalid"), Both(await town.CompleteReset(confirmation, "a rainy night in June")));
        Assert.Equal((400, "confirmation_token_invalid"), Both(await town.Confirm(reset)));
    }

    [Fact]
    public async Task A_confirmed_address_is_mailed_nothing_more()
    {
        var link = await town.Link(Purpose, await town.Person());
        Assert.Equal(204, (await town.Confirm(Town.Token(await town.Mail(link)))).Status);
        Assert.Equal((404, "not_found"), Both(await town.Mail(link)));
    }

    [Fact]
    public async Task Links_are_forgotten_once_their_tokens_have_ended()
    {
        var email = await town.Person();
        await town.MailedToken(Purpose, email);
        town.Clock.Advance(TimeSpan.FromHours(3));
        await Eventually.Get(() => town.Database.Scalar<int>("SELECT (SELECT COUNT(*) FROM mailed_links) + (SELECT COUNT(*) FROM mailed_tokens)"), left => left == 0, "nothing left");
    }

    [Fact]
    public async Task Asking_again_is_for_whoever_is_signed_in()
    {
        Assert.Equal((401, "unauthenticated"), Both(await town.Users.Post("/api/email-confirmations")));
        Assert.Equal((403, "forbidden"), Both(await town.Users.As((await town.Guest()).Access).Post("/api/email-confirmations")));
    }
}
