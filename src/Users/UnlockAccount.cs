using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Lets an account's owner in again, with the password that they had.</summary>
public static class UnlockAccount
{
    public static Task<IResult> OfCustomer(Guid id, Buyer staff, Database database, Entropy entropy) => Unlock(new(entropy.NewId(), id, OfStaff: false, staff.Id, "unlock"), database);

    public static Task<IResult> OfStaff(Guid id, Buyer admin, Database database, Entropy entropy) => Unlock(new(entropy.NewId(), id, OfStaff: true, admin.Id, "unlock"), database);

    private static Task<IResult> Unlock(AccountChanges.Wish wish, Database database) =>
        AccountChanges.Make(database, wish, (account, _) => account with { LockedAt = null });
}
