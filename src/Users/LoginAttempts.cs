using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Five wrong passwords for an address lock it for a quarter of an hour, the same for an address that nobody
/// has: neither the count nor the lock tells who has an account.</summary>
public static class LoginAttempts
{
    /// <summary>How many may fail.</summary>
    public const int Most = 5;

    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>Counts an attempt as failed before the password is looked at, so that guesses sent all at once count too;
    /// a right one then forgets the count.</summary>
    /// <returns>How long the address stays locked; null when the attempt may go on.</returns>
    public static async Task<TimeSpan?> Begin(Transaction tx, string email)
    {
        var address = EmailAddress.Hash(email);
        await tx.LockName("login " + address);
        var earlier = await tx.Find<Count>("SELECT failures, last_at FROM login_attempts WHERE address = @address", new { address });
        var stands = earlier is not null && tx.Now - earlier.LastAt < LockedFor;
        if (stands && earlier!.Failures >= Most) return earlier.LastAt + LockedFor - tx.Now;
        await tx.Execute("""
            INSERT INTO login_attempts (address, failures, last_at) VALUES (@address, @failures, @Now)
            ON CONFLICT (address) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at
            """, new { address, failures = (stands ? earlier!.Failures : 0) + 1, tx.Now });
        return null;
    }

    /// <summary>After a right password, and when an account is erased.</summary>
    public static Task Forget(Transaction tx, string email) =>
        tx.Execute("DELETE FROM login_attempts WHERE address = @address", new { address = EmailAddress.Hash(email) });

    /// <summary>Counts that lock nothing any more.</summary>
    public static Task ForgetOld(Transaction tx) =>
        tx.Execute("DELETE FROM login_attempts WHERE last_at < @before", new { before = tx.Now - LockedFor });

    /// <summary>429: the right password is refused as well until the time is over.</summary>
    public static IResult Locked(TimeSpan wait) =>
        Problem.TooMany("account_locked", "Too many wrong passwords for this address. Wait, then try again.", wait);

    private sealed record Count(int Failures, DateTimeOffset LastAt);
}
