using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Wishlist;

/// <summary>A user who asked to be forgotten has no wishes (E8: each service erases what it owns).</summary>
public static class ForgetWishes
{
    public static Task Handle(UserErased user, Transaction tx) =>
        tx.Execute("DELETE FROM wishes WHERE owner_id = @UserId", user);
}
