using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Opens an account. What the shopper owned as a guest is the account's from now on (I4). A mail asks the address's
/// owner to confirm it; until then the account works all the same.</summary>
public static class SignUp
{
    public sealed record Request(string? Name, string? Email, string? Password, string? GuestToken);

    public sealed record View(Guid Id, string Name, string Email, DateTimeOffset CreatedAt);

    public static async Task<IResult> Handle(Request request, Database database, Passwords passwords, GuestTokens guestTokens,
        Language language, Entropy entropy, TimeProvider clock, CancellationToken stop)
    {
        if (new Validation().Name(request.Name).Email("email", request.Email).Password(request.Password).Problem is { } problem) return problem;
        var guest = request.GuestToken is { } token ? await guestTokens.Check(token, stop) : null;
        if (request.GuestToken is not null && guest is null) return GuestLinks.NotAGuests();
        if (await Account.Find(database, request.Email!, stop) is not null) return EmailTaken();

        using var turn = await passwords.Wait(stop);
        var hash = await turn.Hash(request.Password!);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()); // as the profile will tell it
        var account = new Account(entropy.NewId(), request.Name!.Trim(), request.Email!, hash, "customer", now, EmailConfirmed: false);
        var linkId = entropy.NewId();
        return await database.Write(tx => Open(account, guest, linkId, language, tx), stop);
    }

    /// <summary>409: that address, in whatever case, has an account.</summary>
    public static IResult EmailTaken() => Problem.Of(409, "email_taken", "There is an account with this e-mail address already. Log in instead.");

    private static async Task<IResult> Open(Account account, Guid? guest, Guid linkId, Language language, Transaction tx)
    {
        if (guest is not null && await tx.Find<string>("SELECT 'linked' FROM user_guests WHERE guest_id = @guest", new { guest }) is not null) return GuestLinks.Anothers();
        await tx.LockName("e-mail " + EmailAddress.Key(account.Email));
        if (!await Account.Add(account, tx)) return EmailTaken();
        if (guest is { } id && !await GuestLinks.Add(tx, account.Id, id)) throw new OvertakenException("the guest"); // linked since we looked
        await AskEmailConfirmation.Ask(tx, linkId, account.Email, language);
        return Results.Created("/api/users/me", new View(account.Id, account.Name, account.Email, account.CreatedAt));
    }
}
