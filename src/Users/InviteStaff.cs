using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>An admin asks somebody to be staff: the account is there at once, and a mailed link lets its owner, and nobody
/// else, choose the password. A customer's address stays a customer's.</summary>
public static class InviteStaff
{
    public sealed record Request(string? Name, string? Email, string[]? Roles);

    public static async Task<IResult> Handle(Request request, Buyer admin, Language language, Database database, Entropy entropy, TimeProvider clock, CancellationToken stop)
    {
        if (new Validation().Name(request.Name).Email("email", request.Email).Roles(request.Roles).Problem is { } problem) return problem;
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()); // as it will be read back
        var account = new Account(entropy.NewId(), request.Name!.Trim(), request.Email!, PasswordHash: "", ChangeRoles.Stored(request.Roles!), now, EmailConfirmed: false);
        var wish = new AccountChanges.Wish(entropy.NewId(), account.Id, OfStaff: true, admin.Id, "invite");
        var linkId = entropy.NewId();
        return await database.Write(tx => Invite(account, wish, linkId, language, tx), stop);
    }

    /// <returns>How long to wait when the address was sent enough of these; else null.</returns>
    public static async Task<TimeSpan?> Mail(Transaction tx, Guid linkId, string email, Language language)
    {
        var wait = await MailedLinks.Ask(tx, linkId, MailedLinks.StaffInvitation, email, language);
        if (wait is null) tx.Append(new StaffInvited(linkId));
        return wait;
    }

    private static async Task<IResult> Invite(Account account, AccountChanges.Wish wish, Guid linkId, Language language, Transaction tx)
    {
        await tx.LockName("e-mail " + EmailAddress.Key(account.Email));
        if (!await Account.Add(account, tx)) return Problem.Of(409, "email_taken", "There is an account with this e-mail address already. Staff need one of their own.");
        await AccountChanges.Record(tx, wish, before: null, account);
        await Mail(tx, linkId, account.Email, language); // the first: an erased account's links are gone with it
        return Results.Created($"/api/staff/{account.Id}", AccountView.Of(account));
    }
}
