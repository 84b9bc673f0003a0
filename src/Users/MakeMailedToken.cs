using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Makes a token for a link, at the moment at which its mail is written: no plain token is stored or told by an
/// event. A mail that is tried again gets another one, and the earlier stays good, since it may have arrived.</summary>
public static class MakeMailedToken
{
    public static async Task<IResult> Handle(Guid id, Database database, Entropy entropy, CancellationToken stop)
    {
        var token = entropy.Bytes(OpaqueToken.Bytes);
        return await database.Write(tx => Make(id, token, tx), stop) is { } mail ? Results.Ok(mail) : Problem.NotFound("There is nothing to mail for this link.");
    }

    private static async Task<MailedLink?> Make(Guid id, byte[] token, Transaction tx)
    {
        if (await MailedLinks.Find(tx, id) is not var (account, link)) return null;
        if (tx.Now - link.AskedAt > MailedLinks.Lives(link.Purpose)) return null; // who asked has given up or asked again
        if (link.Purpose == MailedLinks.EmailConfirmation && account.EmailConfirmed) return null;
        if (link.Purpose == MailedLinks.StaffInvitation && !account.IsInvited) return null;
        await tx.Execute("INSERT INTO mailed_tokens (hash, link_id, expires_at) VALUES (@hash, @id, @until)",
            new { hash = OpaqueToken.Hash(token), id, until = tx.Now + MailedLinks.Lives(link.Purpose) });
        return new MailedLink(account.Email, account.Name, link.Language, OpaqueToken.Text(token));
    }

    /// <summary>To whom a link goes, for staff who look at the mail: no token is made.</summary>
    public static async Task<IResult> Look(Guid id, Database database, CancellationToken stop)
    {
        var found = await database.Write(tx => MailedLinks.Find(tx, id), stop);
        return found is var (account, link) ? Results.Ok(new MailedLink(account.Email, account.Name, link.Language, Token: "")) : Problem.NotFound("This link serves no more.");
    }
}
