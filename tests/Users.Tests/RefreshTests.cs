using System.Buffers.Text;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Users.Tests;

/// <summary>Refresh tokens: rotated, hashed at rest, forgiving for half a minute, and merciless after (C3).</summary>
public sealed class RefreshTests(Town town) : IClassFixture<Town>
{
    private static void Invalid(Reply reply)
    {
        Assert.Equal((401, "refresh_token_invalid"), (reply.Status, reply.Code));
        Assert.NotNull(reply.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task Gives_a_new_pair_each_time()
    {
        var first = await town.Guest();
        var second = Session.Of(await town.Refresh(first.Refresh));
        var third = Session.Of(await town.Refresh(second.Refresh));
        Assert.Equal(3, new[] { first, second, third }.Select(one => one.Refresh).Distinct().Count());
        Assert.Equal(3, new[] { first, second, third }.Select(one => one.Access).Distinct().Count());
        Assert.Equal(204, (await town.Users.As(third.Access).Delete("/api/sessions/current")).Status);
        Assert.Equal(first.UserId, third.UserId);
    }

    [Fact]
    public async Task A_token_whose_answer_was_lost_gets_the_same_successor_again()
    {
        var first = await town.Guest();
        var second = Session.Of(await town.Refresh(first.Refresh));
        town.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(second.Refresh, Session.Of(await town.Refresh(first.Refresh)).Refresh);
        Assert.Equal(201, (await town.Refresh(second.Refresh)).Status);
    }

    [Fact]
    public async Task Two_tabs_that_ask_at_once_get_the_same_successor()
    {
        var first = await town.Guest();
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => town.Refresh(first.Refresh)));
        Assert.Single(replies.Select(reply => Session.Of(reply).Refresh).Distinct());
    }

    [Fact]
    public async Task Reuse_after_half_a_minute_revokes_the_family()
    {
        var first = await town.Guest();
        var second = Session.Of(await town.Refresh(first.Refresh));
        town.Clock.Advance(TimeSpan.FromSeconds(31));
        Invalid(await town.Refresh(first.Refresh));
        Invalid(await town.Refresh(second.Refresh));
    }

    [Fact]
    public async Task Reuse_after_the_successor_was_used_revokes_the_family_at_once()
    {
        var first = await town.Guest();
        var second = Session.Of(await town.Refresh(first.Refresh));
        var third = Session.Of(await town.Refresh(second.Refresh));
        Invalid(await town.Refresh(first.Refresh));
        Invalid(await town.Refresh(third.Refresh));
    }

    [Fact]
    public async Task A_revoked_family_leaves_others_of_the_same_user_alone()
    {
        var email = await town.Person();
        var (one, other) = (Session.Of(await town.LogIn(email)), Session.Of(await town.LogIn(email)));
        await town.Refresh(one.Refresh);
        town.Clock.Advance(TimeSpan.FromSeconds(31));
        Invalid(await town.Refresh(one.Refresh));
        Assert.Equal(201, (await town.Refresh(other.Refresh)).Status);
    }

    [Fact]
    public async Task A_family_lives_thirty_days_however_often_it_is_used()
    {
        var session = await town.Guest();
        town.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        session = Session.Of(await town.Refresh(session.Refresh));
        town.Clock.Advance(TimeSpan.FromSeconds(1));
        Invalid(await town.Refresh(session.Refresh));
    }

    [Fact]
    public async Task Families_that_ended_are_removed()
    {
        await town.Guest();
        town.Clock.Advance(TimeSpan.FromDays(30));
        var kept = await town.Guest();
        await town.Store.Get<LoopRegistry>("users").Step("ended-sessions", CancellationToken.None);
        Assert.Equal(1, await town.Database.Scalar<int>("SELECT COUNT(*) FROM sessions"));
        Assert.Equal(1, await town.Database.Scalar<int>("SELECT COUNT(*) FROM refresh_tokens"));
        Assert.Equal(201, (await town.Refresh(kept.Refresh)).Status);
    }

    [Fact]
    public async Task Refuses_what_is_no_token_of_ours()
    {
        var session = await town.Guest();
        Invalid(await town.Refresh(""));
        Invalid(await town.Refresh(session.Access));
        Invalid(await town.Refresh(new string('A', 43)));
        Invalid(await town.Refresh(session.Refresh + "A"));
        Invalid(await town.Refresh(new string('é', 43)));
        Assert.Equal((422, "validation"), await Both(town.Users.Post("/api/sessions/refresh", "{}")));
        Assert.Equal(201, (await town.Refresh(session.Refresh)).Status);
    }

    [Fact]
    public async Task Is_256_bits_long_and_not_to_be_found_in_the_database()
    {
        var session = await town.Guest();
        var second = Session.Of(await town.Refresh(session.Refresh));
        Assert.Equal(32, Base64Url.DecodeFromChars(second.Refresh).Length);
        var rows = await town.Database.Query<string>("SELECT hash || ' ' || COALESCE(successor_salt, '') FROM refresh_tokens");
        foreach (var token in new[] { session.Refresh, second.Refresh })
        {
            var bytes = Base64Url.DecodeFromChars(token);
            Assert.DoesNotContain(rows, row => row.Contains(Convert.ToHexString(bytes), StringComparison.OrdinalIgnoreCase)
                || row.Contains(Convert.ToBase64String(bytes), StringComparison.Ordinal) || row.Contains(token, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Logging_out_revokes_the_family_and_no_other()
    {
        var email = await town.Person();
        var (one, other) = (Session.Of(await town.LogIn(email)), Session.Of(await town.LogIn(email)));
        Assert.Equal(204, (await town.Users.As(one.Access).Delete("/api/sessions/current")).Status);
        Assert.Equal(204, (await town.Users.As(one.Access).Delete("/api/sessions/current")).Status);
        Invalid(await town.Refresh(one.Refresh));
        Assert.Equal(201, (await town.Refresh(other.Refresh)).Status);
        Assert.Equal((401, "unauthenticated"), await Both(town.Users.Delete("/api/sessions/current")));
    }

    private static async Task<(int, string?)> Both(Task<Reply> call) => await call is var reply ? (reply.Status, reply.Code) : default;
}
