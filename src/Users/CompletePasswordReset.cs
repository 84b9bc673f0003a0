using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Sets a new password for whoever shows the mailed token, once. All sessions end, a lock after wrong passwords
/// is lifted, and the address counts as confirmed: its mail was read.</summary>
public static class CompletePasswordReset
{
    public sealed record Request(string? Token, string? Password);

    public static async Task<IResult> Handle(Request request, Database database, Passwords passwords, TimeProvider clock, CancellationToken stop)
    {
        if (new Validation().Password(request.Password).Problem is { } problem) return problem;
        if (OpaqueToken.Parse(request.Token) is not { } token) return Invalid();
        // Before the hash: strangers' guesses must not cost its time.
        if (await MailedLinks.LinkOf(database, MailedLinks.PasswordReset, token, clock.GetUtcNow()) is null) return Invalid();
        using var turn = await passwords.Wait(stop);
        var hash = await turn.Hash(request.Password!);
        return await database.Write(tx => Complete(token, hash, tx), stop) ? Results.NoContent() : Invalid();
    }

    private static async Task<bool> Complete(byte[] token, string hash, Transaction tx)
    {
        if (await MailedLinks.Use(tx, MailedLinks.PasswordReset, token) is not { } account) return false;
        await tx.Expect("the account", "UPDATE users SET password_hash = @hash, email_confirmed = TRUE WHERE id = @Id", new { hash, account.Id });
        await RefreshTokens.RevokeAll(tx, account.Id, except: null);
        await LoginAttempts.Forget(tx, account.Email);
        return true;
    }

    private static IResult Invalid() => Problem.Of(400, "reset_token_invalid", "This link has been used, replaced by a newer one, or is older than an hour. Ask for another.");
}
