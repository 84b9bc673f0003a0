using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Keeps an account's owner out until it is unlocked: nobody logs in, every session ends. Access that was given
/// before ends within a quarter of an hour (C3). Staff lock customers; admins lock staff, never the last admin.</summary>
public static class LockAccount
{
    public static Task<IResult> OfCustomer(Guid id, Buyer staff, Database database, Entropy entropy) => Lock(new(entropy.NewId(), id, OfStaff: false, staff.Id, "lock"), database);

    public static Task<IResult> OfStaff(Guid id, Buyer admin, Database database, Entropy entropy) => Lock(new(entropy.NewId(), id, OfStaff: true, admin.Id, "lock"), database);

    /// <summary>403, for whoever knows the password.</summary>
    public static IResult KeptOut() => Problem.Of(403, "account_locked_by_staff", "This account was locked by the shop. Write to the shop to have it opened again.");

    private static Task<IResult> Lock(AccountChanges.Wish wish, Database database) =>
        AccountChanges.Make(database, wish, (account, now) => account with { LockedAt = account.LockedAt ?? now });
}
