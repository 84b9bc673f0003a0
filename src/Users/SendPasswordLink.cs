using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>An admin has a member of staff mailed a link to choose a password: the invitation again as long as it was not
/// taken up, then the same link as by "forgotten your password". Until it is used the old password holds.</summary>
public static class SendPasswordLink
{
    public static async Task<IResult> Handle(Guid id, Buyer admin, Language language, Database database, Entropy entropy, CancellationToken stop)
    {
        var linkId = entropy.NewId();
        var wish = new AccountChanges.Wish(entropy.NewId(), id, OfStaff: true, admin.Id, "send_password_link");
        return await database.Write(async tx =>
        {
            if (await AccountChanges.Take(tx, wish) is not { } account) return Problem.NotFound();
            var wait = account.IsInvited ? await InviteStaff.Mail(tx, linkId, account.Email, language) : await AskPasswordReset.Ask(linkId, account.Email, language, tx);
            if (wait is { } time) return AskPasswordReset.TooOften(time);
            await AccountChanges.Record(tx, wish, account, account);
            return Results.Accepted();
        }, stop);
    }
}
