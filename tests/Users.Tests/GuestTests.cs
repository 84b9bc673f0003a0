using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Users.Tests;

/// <summary>Guests' sessions, and what becomes of a guest who signs up or logs in (I4).</summary>
public sealed class GuestTests(Town town) : IClassFixture<Town>
{
    private Task<Reply> LogInAs(string email, string? guestToken) => town.LogIn(email, guestToken: guestToken);

    [Fact]
    public async Task A_guest_gets_a_session_of_the_same_shape()
    {
        var reply = await town.Users.Post("/api/sessions/guest");
        var session = Session.Of(reply);
        Assert.Equal(["guest"], session.Roles);
        Assert.Equal(7, session.UserId.Version);
        Assert.Equal("Bearer", reply.Json.GetProperty("tokenType").GetString());
        Assert.NotEqual(session.UserId, (await town.Guest()).UserId);
    }

    [Fact]
    public async Task A_guests_id_survives_refresh()
    {
        var guest = await town.Guest();
        var refreshed = Session.Of(await town.Refresh(guest.Refresh));
        Assert.Equal(guest.UserId, refreshed.UserId);
        Assert.Equal(["guest"], refreshed.Roles);
    }

    [Fact]
    public async Task A_guest_has_no_profile()
    {
        var api = town.Users.As((await town.Guest()).Access);
        Assert.Equal("forbidden", (await api.Get("/api/users/me")).Code);
        Assert.Equal("forbidden", (await api.Patch("/api/users/me", new { name = "Ben" })).Code);
        Assert.Equal("forbidden", (await api.Delete("/api/users/me")).Code);
    }

    [Fact]
    public async Task Who_signs_up_as_a_guest_stays_that_guest_too()
    {
        var (guest, email) = (await town.Guest(), town.NewEmail());
        var user = await town.SignUp(email, guestToken: guest.Access);
        var session = Session.Of(await LogInAs(email, guest.Access)); // once more changes nothing
        Assert.Equal([guest.UserId], session.Guests);
        Assert.Equal([guest.UserId], Session.Of(await town.Refresh(session.Refresh)).Guests);
        var told = (await town.Told("user.guest_linked")).Where(data => data.GetProperty("guestId").GetGuid() == guest.UserId).ToArray();
        Assert.Equal(user.Json.GetProperty("id").GetGuid(), Assert.Single(told).GetProperty("userId").GetGuid());
    }

    [Fact]
    public async Task A_token_names_the_latest_twenty_guests()
    {
        var (email, entropy) = (town.NewEmail(), new Entropy(town.Clock));
        var user = (await town.SignUp(email)).Json.GetProperty("id").GetGuid();
        var guests = Enumerable.Range(0, 20).Select(_ => entropy.NewId()).ToArray();
        foreach (var guest in guests)
        {
            await town.Database.Write(tx => GuestLinks.Add(tx, user, guest));
            town.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var latest = await town.Guest();
        var session = Session.Of(await LogInAs(email, latest.Access));
        Assert.Equal([latest.UserId, .. guests.Reverse().Take(19)], session.Guests);
        Assert.Equal(204, (await town.Users.As(session.Access).Delete("/api/sessions/current")).Status); // the token is not too long
    }

    [Fact]
    public async Task A_guest_is_linked_to_one_user_only()
    {
        var (guest, first, second) = (await town.Guest(), await town.Person(), await town.Person());
        Assert.Equal(201, (await LogInAs(first, guest.Access)).Status);
        foreach (var reply in new[] { await LogInAs(second, guest.Access), await town.SignUp(town.NewEmail(), guestToken: guest.Access) })
        {
            Assert.Equal((422, "validation"), (reply.Status, reply.Code));
            Assert.True(reply.Json.GetProperty("errors").TryGetProperty("guestToken", out _));
        }

        Assert.Empty(Session.Of(await LogInAs(second, null)).Guests);
    }

    [Fact]
    public async Task A_guest_of_an_erased_user_is_nobody_elses()
    {
        var guest = await town.Guest();
        var session = Session.Of(await LogInAs(await town.Person(), guest.Access));
        Assert.Equal(204, (await town.Users.As(session.Access).Delete("/api/users/me")).Status);
        Assert.Equal(422, (await LogInAs(await town.Person(), guest.Access)).Status);
    }

    [Fact]
    public async Task A_refused_sign_up_leaves_no_account_behind()
    {
        var (guest, email) = (await town.Guest(), town.NewEmail());
        await LogInAs(await town.Person(), guest.Access);
        Assert.Equal(422, (await town.SignUp(email, guestToken: guest.Access)).Status);
        Assert.Equal(201, (await town.SignUp(email)).Status);
    }

    [Fact]
    public async Task Another_kind_of_token_is_refused()
    {
        var (email, customer, guest) = (await town.Person(), await town.PersonsSession(), await town.Guest());
        foreach (var token in new[] { customer.Access, guest.Refresh, guest.Access[..^6] + "AAAAAA", town.Store.Tokens.Guest(guest.UserId), "a.b.c", new string('x', 10_000) })
        {
            var reply = await LogInAs(email, token);
            Assert.Equal((422, "validation"), (reply.Status, reply.Code));
            Assert.True(reply.Json.GetProperty("errors").TryGetProperty("guestToken", out _));
        }
    }
}
