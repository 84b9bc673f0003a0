using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>A user asked to be forgotten: e-mail, name and address go from all of their orders, the figures stay. The
/// orders stay the erased user's, so that they are nobody else's.</summary>
public static class EraseBuyer
{
    public static Task Handle(UserErased erased, Transaction tx) => tx.Execute("""
        UPDATE orders SET email = NULL, address = NULL
        WHERE buyer_id = @UserId OR buyer_id IN (SELECT guest_id FROM linked_guests WHERE user_id = @UserId)
        """, erased);
}
