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
        if (tx.Now - link.AskedAt > MailedLinks.Lives) return null; // who asked has given up or asked again
        if (link.Purpose == MailedLinks.EmailConfirmation && account.EmailConfirmed) return null;
        await tx.Execute("INSERT INTO mailed_tokens (hash, link_id, expires_at) VALUES (@hash, @id, @until)",
            new { hash = OpaqueToken.Hash(token), id, until = tx.Now + MailedLinks.Lives });
        return new MailedLink(account.Email, account.Name, link.Language, OpaqueToken.Text(token));
    }
}
