using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Sets a new password for whoever shows the mailed token, once. All sessions end, a lock after wrong passwords
/// is lifted, and the address counts as confirmed: its mail was read.</summary>
public static class CompletePasswordReset
{
    public sealed record Request(string? Token, string? Password);

    public static async Task<IResult> Handle(Request request, Database database, Passwords passwords, TimeProvider clock, CancellationToken stop) =>
        new Validation().Password(request.Password).Problem as IResult
        ?? (await Choose(MailedLinks.PasswordReset, request, (_, _, _) => Task.CompletedTask, database, passwords, clock, stop) ? Results.NoContent()
            : Problem.Of(400, "reset_token_invalid", "This link has been used, replaced by a newer one, or is older than an hour. Ask for another."));

    /// <summary>Sets the password of whoever was mailed the token.</summary>
    /// <param name="purpose">The link's.</param>
    /// <param name="also">What happens with it, in the same transaction: with the account as it stood before and after.</param>
    /// <returns>Whether the token served.</returns>
    internal static async Task<bool> Choose(string purpose, Request request, Func<Transaction, Account, Account, Task> also,
        Database database, Passwords passwords, TimeProvider clock, CancellationToken stop)
    {
        if (OpaqueToken.Parse(request.Token) is not { } token) return false;
        // Before the hash: strangers' guesses must not cost its time.
        if (await MailedLinks.LinkOf(database, purpose, token, clock.GetUtcNow()) is null) return false;
        using var turn = await passwords.Wait(stop);
        var hash = await turn.Hash(request.Password!);
        return await database.Write(async tx =>
        {
            if (await MailedLinks.Use(tx, purpose, token) is not { } account) return false;
            await Set(tx, account, hash);
            await also(tx, account, account with { PasswordHash = hash });
            return true;
        }, stop);
    }

    private static async Task Set(Transaction tx, Account account, string hash)
    {
        await tx.Expect("the account", "UPDATE users SET password_hash = @hash, email_confirmed = TRUE WHERE id = @Id", new { hash, account.Id });
        await RefreshTokens.RevokeAll(tx, account.Id, except: null);
        await LoginAttempts.Forget(tx, account.Email);
    }
}
