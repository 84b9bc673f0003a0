using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Changes the fields that are sent. A new e-mail address or password needs the current password, for both
/// hand the account over; wrong ones count as failed logins. A new password ends the user's other sessions; a new address
/// is to be confirmed.</summary>
public static class ChangeProfile
{
    public sealed record Request(string? Name, string? Email, string? Password, string? CurrentPassword);

    public static async Task<IResult> Handle(Request request, Buyer buyer, ClaimsPrincipal user, HttpResponse response, Language language,
        Database database, Passwords passwords, Entropy entropy, CancellationToken stop)
    {
        response.Headers.CacheControl = "no-store";
        if (Check(request) is { } problem) return problem;
        if (await Account.Find(database, buyer.Id, stop) is not { } account) return ShowProfile.Gone();
        var changed = account with { Name = request.Name?.Trim() ?? account.Name, Email = request.Email ?? account.Email };
        if (changed.Email == account.Email && request.Password is null) return await database.Write(tx => Save(account, changed, null, tx), stop);

        if (string.IsNullOrEmpty(request.CurrentPassword)) return WrongPassword("is needed to change the e-mail address or the password");
        using var turn = await passwords.Wait(stop);
        if (await database.Write(tx => LoginAttempts.Begin(tx, account.Email), stop) is { } wait) return LoginAttempts.Locked(wait);
        if (await turn.Check(account.PasswordHash, request.CurrentPassword) is PasswordVerificationResult.Failed) return WrongPassword("is not your password");
        if (request.Password is not null) changed = changed with { PasswordHash = await turn.Hash(request.Password) };
        var proof = new Proof(LogOut.SessionOf(user), entropy.NewId(), language);
        return await database.Write(tx => Save(account, changed, proof, tx), stop);
    }

    /// <param name="account">As it was read.</param>
    /// <param name="changed">As it is to be.</param>
    /// <param name="proof">Null when the password was not asked for: only the name may change.</param>
    /// <param name="tx">The transaction.</param>
    private static async Task<IResult> Save(Account account, Account changed, Proof? proof, Transaction tx)
    {
        if (proof is not null) await LoginAttempts.Forget(tx, account.Email);
        var key = EmailAddress.Key(changed.Email);
        await tx.LockName("e-mail " + key);
        var taken = await tx.Find<string>("SELECT 'taken' FROM users WHERE email_key = @key AND id <> @Id", new { key, account.Id });
        if (taken is not null) return SignUp.EmailTaken();
        await tx.Expect("the account", """
            UPDATE users SET name = @Name, name_key = @nameKey, email = @Email, email_key = @key, password_hash = @PasswordHash,
                email_confirmed = (email_confirmed AND email_key = @key)
            WHERE id = @Id AND email = @before AND password_hash = @hashBefore
            """, new { changed.Name, nameKey = Account.NameKey(changed.Name), changed.Email, key, changed.PasswordHash, account.Id, before = account.Email, hashBefore = account.PasswordHash });
        if (changed.PasswordHash != account.PasswordHash) await RefreshTokens.RevokeAll(tx, account.Id, except: proof?.SessionId);
        if (key == EmailAddress.Key(account.Email)) return Results.Ok(Profile.Of(changed));
        await AskEmailConfirmation.Ask(tx, proof!.LinkId, changed.Email, proof.Language);
        return Results.Ok(Profile.Of(changed with { EmailConfirmed = false }));
    }

    private static IResult? Check(Request request)
    {
        var check = new Validation();
        if (request.Name is not null) check.Name(request.Name);
        if (request.Email is not null) check.Email("email", request.Email);
        if (request.Password is not null) check.Password(request.Password);
        return check.Problem;
    }

    private static IResult WrongPassword(string message) => new Validation().Require(false, "currentPassword", message).Problem!;

    /// <summary>The password was right: the session that stays, and what a new address's confirmation needs.</summary>
    private sealed record Proof(Guid? SessionId, Guid LinkId, Language Language);
}
