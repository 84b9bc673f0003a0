using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Forgets a user: name, addresses and password go, sessions end, and the other services are told to erase what
/// is personal of theirs (E8). The id stays in figures, where it tells of nobody. Users erase themselves, admins customers
/// and staff; the last admin stays.</summary>
public static class EraseUser
{
    public static Task<IResult> Handle(Buyer buyer, Database database, CancellationToken stop) => database.Write(async tx =>
    {
        await tx.LockName("admins");
        if (await Account.Take(tx, buyer.Id) is not { } account) return Results.NoContent(); // erased before: the answer was lost, the effect was not
        return await AccountChanges.LosesLastAdmin(tx, account, changed: null) ? AccountChanges.LastAdmin() : await Erase(tx, account);
    }, stop);

    public static Task<IResult> Customer(Guid id, Buyer admin, Database database, Entropy entropy) => Wished(new(entropy.NewId(), id, OfStaff: false, admin.Id, "erase"), database);

    public static Task<IResult> Member(Guid id, Buyer admin, Database database, Entropy entropy) => Wished(new(entropy.NewId(), id, OfStaff: true, admin.Id, "erase"), database);

    private static Task<IResult> Wished(AccountChanges.Wish wish, Database database) => database.Write(async tx =>
    {
        if (await AccountChanges.Take(tx, wish) is not { } account) return Problem.NotFound();
        if (await AccountChanges.LosesLastAdmin(tx, account, changed: null)) return AccountChanges.LastAdmin();
        await AccountChanges.Record(tx, wish, account, after: null);
        return await Erase(tx, account);
    });

    private static async Task<IResult> Erase(Transaction tx, Account account)
    {
        await tx.Execute("DELETE FROM users WHERE id = @Id", new { account.Id });
        await RefreshTokens.RevokeAll(tx, account.Id, except: null);
        await LoginAttempts.Forget(tx, account.Email);
        await MailedLinks.Erase(tx, account.Id);
        await AddressBook.Erase(tx, account.Id);
        tx.Append(new UserErased(account.Id));
        return Results.NoContent();
    }
}
