using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>What a guest ordered is the user's from now on (I4).</summary>
public static class LinkGuest
{
    public static async Task Handle(GuestLinked linked, Transaction tx)
    {
        await tx.Execute("INSERT INTO linked_guests (guest_id, user_id) VALUES (@GuestId, @UserId) ON CONFLICT DO NOTHING", linked);
        await tx.Execute("UPDATE orders SET buyer_id = @UserId WHERE buyer_id = @GuestId", linked);
    }
}
