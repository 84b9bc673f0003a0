using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>What a guest paid is the user's after signup or login (I4).</summary>
public static class LinkGuest
{
    public static Task Handle(GuestLinked linked, Transaction tx)
    {
        ArgumentNullException.ThrowIfNull(linked);
        ArgumentNullException.ThrowIfNull(tx);
        return tx.Execute("UPDATE payable_orders SET buyer_id = @UserId WHERE buyer_id = @GuestId", linked);
    }
}
