using System.Buffers.Binary;
using System.Diagnostics;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Users.Tests;

/// <summary>Passwords as the shipped service hashes them: slowly, few at a time, for nobody as for somebody.</summary>
public sealed class PasswordTests
{
    /// <summary>The best of three each: what else the machine does can only add to it.</summary>
    [Fact]
    public async Task Does_the_same_work_for_an_unknown_address()
    {
        await using var town = await Town.WithRealPasswords();
        var email = await town.Person();
        var known = await Best(() => town.LogIn(email, "another password"));
        var unknown = await Best(() => town.LogIn("nobody-has-this@example.com", "another password"));
        Assert.True(unknown > known / 3, $"{unknown} against {known}");
    }

    [Fact]
    public async Task Is_503_when_too_many_wait_for_the_same_work()
    {
        await using var town = await Town.WithRealPasswords();
        var passwords = town.Store.Get<Passwords>("users");
        using var enough = new CancellationTokenSource();
        var turns = Enumerable.Range(0, 40).Select(_ => passwords.Wait(enough.Token)).ToArray();
        var reply = await town.LogIn("anybody@example.com", "some password");
        Assert.Equal((503, "temporarily_unavailable"), (reply.Status, reply.Code));
        Assert.NotNull(reply.Header("Retry-After"));

        await enough.CancelAsync(); // those that wait leave, those that work finish
        foreach (var turn in turns.Where(turn => turn.IsCompletedSuccessfully)) (await turn).Dispose();
        Assert.Equal(401, (await town.LogIn("anybody@example.com", "some password")).Status);
        Assert.Contains(turns, turn => turn.Exception?.InnerException is UnavailableException);
    }

    /// <summary>The hash tells its rounds: a format byte, then the pseudo-random function and the count, 4 bytes each.</summary>
    [Fact]
    public async Task Are_hashed_with_at_least_210_000_rounds_whatever_the_settings_say()
    {
        await using var town = await Town.WithRealPasswords();
        var hash = Convert.FromBase64String(await town.Database.Scalar<string>("SELECT password_hash FROM users"));
        Assert.Equal(1, hash[0]);
        Assert.Equal(210_000, BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(5)));
    }

    [Fact]
    public async Task Are_hashed_anew_at_login_when_the_rounds_were_raised()
    {
        await using var town = await Town.WithRealPasswords();
        using var quick = new Passwords(1_000, new Entropy(town.Clock));
        using var turn = await quick.Wait(CancellationToken.None);
        var old = await turn.Hash(Town.StaffPassword);
        await town.Database.Write(tx => tx.Execute("UPDATE users SET password_hash = @old", new { old }));
        Assert.Equal(201, (await town.LogIn(Town.StaffEmail, Town.StaffPassword)).Status);
        Assert.NotEqual(old, await town.Database.Scalar<string>("SELECT password_hash FROM users"));
        Assert.Equal(201, (await town.LogIn(Town.StaffEmail, Town.StaffPassword)).Status);
    }

    private static async Task<TimeSpan> Best(Func<Task<Reply>> call)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var began = Stopwatch.GetTimestamp();
            Assert.Equal(401, (await call()).Status);
            if (Stopwatch.GetElapsedTime(began) is var took && took < best) best = took;
        }

        return best;
    }
}
