using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Asks for another mail with a link that confirms the account's address. Signing up and changing the address ask
/// by themselves.</summary>
public static class AskEmailConfirmation
{
    public static async Task<IResult> Handle(Buyer buyer, Language language, Database database, Entropy entropy, CancellationToken stop)
    {
        if (await Account.Find(database, buyer.Id, stop) is not { } account) return ShowProfile.Gone();
        if (account.EmailConfirmed) return Problem.Of(409, "email_already_confirmed", "This address is confirmed already.");
        var id = entropy.NewId();
        return await database.Write(tx => Ask(tx, id, account.Email, language), stop) is { } wait ? AskPasswordReset.TooOften(wait) : Results.Accepted();
    }

    /// <returns>How long to wait when the address was sent enough of these; else null.</returns>
    public static async Task<TimeSpan?> Ask(Transaction tx, Guid id, string email, Language language)
    {
        var wait = await MailedLinks.Ask(tx, id, MailedLinks.EmailConfirmation, email, language);
        if (wait is null) tx.Append(new EmailConfirmationAsked(id));
        return wait;
    }
}
