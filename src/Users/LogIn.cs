using Microsoft.AspNetCore.Identity;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Opens a session for whoever knows the password. Answer and time are the same for a wrong password and for
/// an address that nobody has.</summary>
public static class LogIn
{
    public sealed record Request(string? Email, string? Password, string? GuestToken);

    public static async Task<IResult> Handle(Request request, HttpResponse response, Database database, Passwords passwords,
        GuestTokens guestTokens, AccessTokens tokens, Entropy entropy, CancellationToken stop)
    {
        if (Check(request) is { } problem) return problem;
        var guest = request.GuestToken is { } token ? await guestTokens.Check(token, stop) : null;
        if (request.GuestToken is not null && guest is null) return GuestLinks.NotAGuests();

        using var turn = await passwords.Wait(stop);
        if (await database.Write(tx => LoginAttempts.Begin(tx, request.Email!), stop) is { } wait) return LoginAttempts.Locked(wait);
        var account = await Account.Find(database, request.Email!, stop);
        var outcome = await turn.Check(account is { IsInvited: false } ? account.PasswordHash : null, request.Password!);
        if (account is null || outcome is PasswordVerificationResult.Failed) return Failed(response);
        if (account.IsLocked) return LockAccount.KeptOut(); // told to nobody but whoever knows the password

        var hash = outcome is PasswordVerificationResult.SuccessRehashNeeded ? await turn.Hash(request.Password!) : account.PasswordHash;
        if (await database.Write(tx => Open(account, hash, guest, entropy, tx), stop) is not { } opened) return GuestLinks.Anothers();
        var user = new SessionUser(account.Id, account.Name, account.Email, account.RoleNames);
        return await tokens.Answer(response, user, opened.Guests, opened.Issued, stop);
    }

    /// <returns>Null when the guest is another user's: nothing is opened.</returns>
    private static async Task<Opened?> Open(Account account, string hash, Guid? guest, Entropy entropy, Transaction tx)
    {
        await tx.Expect("the account", "UPDATE users SET password_hash = @hash WHERE id = @Id AND password_hash = @PasswordHash AND locked_at IS NULL",
            new { hash, account.Id, account.PasswordHash });
        await LoginAttempts.Forget(tx, account.Email);
        if (guest is { } id && !await GuestLinks.Add(tx, account.Id, id)) return null;
        return new Opened(await RefreshTokens.Begin(tx, entropy, account.Id, isGuest: false), await GuestLinks.Of(tx, account.Id));
    }

    private static IResult? Check(Request request) => new Validation()
        .Require(!string.IsNullOrEmpty(request.Email), "email", "is needed")
        .Require(!string.IsNullOrEmpty(request.Password), "password", "is needed").Problem;

    private static IResult Failed(HttpResponse response)
    {
        response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Of(401, "login_failed", "E-mail address and password do not go together.");
    }

    private sealed record Opened(RefreshTokens.Issued Issued, List<Guid> Guests);
}
