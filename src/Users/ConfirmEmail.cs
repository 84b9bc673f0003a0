using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Notes that an account's address is its owner's, for whoever shows the token that was mailed there, once.</summary>
public static class ConfirmEmail
{
    public sealed record Request(string? Token);

    public static async Task<IResult> Handle(Request request, Database database, CancellationToken stop)
    {
        var confirmed = OpaqueToken.Parse(request.Token) is { } token && await database.Write(tx => Confirm(token, tx), stop);
        return confirmed ? Results.NoContent()
            : Problem.Of(400, "confirmation_token_invalid", "This link has been used, replaced by a newer one, or is older than an hour. Ask for another.");
    }

    private static async Task<bool> Confirm(byte[] token, Transaction tx)
    {
        if (await MailedLinks.Use(tx, MailedLinks.EmailConfirmation, token) is not { } account) return false;
        await tx.Expect("the account", "UPDATE users SET email_confirmed = TRUE WHERE id = @Id AND email = @Email", new { account.Id, account.Email });
        return true;
    }
}
