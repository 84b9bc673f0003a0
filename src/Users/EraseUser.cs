using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Forgets a user: name, address and password go, sessions end, and the other services are told to erase what
/// is personal of theirs (E8). The id stays in figures, where it tells of nobody.</summary>
public static class EraseUser
{
    public static async Task<IResult> Handle(Buyer buyer, Database database, CancellationToken stop)
    {
        await database.Write(tx => Erase(buyer.Id, tx), stop);
        return Results.NoContent();
    }

    private static async Task Erase(Guid userId, Transaction tx)
    {
        var email = await tx.Find<string>("SELECT email FROM users WHERE id = @userId" + tx.Lock, new { userId });
        if (email is null) return; // erased before: the answer was lost, the effect was not
        await tx.Execute("DELETE FROM users WHERE id = @userId", new { userId });
        await RefreshTokens.RevokeAll(tx, userId, except: null);
        await LoginAttempts.Forget(tx, email);
        await MailedLinks.Erase(tx, userId);
        tx.Append(new UserErased(userId));
    }
}
