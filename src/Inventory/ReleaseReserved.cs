using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Inventory;

/// <summary>An order that ended unpaid gives back what it held. For an order never heard of, <c>released</c> is stored,
/// so that a reserve that was under way holds nothing when it arrives (P3).</summary>
public static class ReleaseReserved
{
    public static Task Handle(OrderCancelled cancelled, Transaction tx) => Release(cancelled.OrderId, tx);

    public static Task Handle(OrderRejected rejected, Transaction tx) => Release(rejected.OrderId, tx);

    private static async Task Release(Guid orderId, Transaction tx)
    {
        var stored = await StoredReservation.Find(orderId, tx);
        switch (stored?.Decision)
        {
            case Reservation.Released or Reservation.Refused: return;
            case Reservation.Reserved: await GiveBack(orderId, tx); break;
            case null: await Reserve.Store(orderId, new Reservation(Reservation.Released, []), [], tx); break;
            default: throw new BrokenRuleException($"order {orderId} ended unpaid, but its reservation reads {stored.Decision}");
        }
    }

    private static async Task GiveBack(Guid orderId, Transaction tx)
    {
        foreach (var line in await StoredReservation.Lines(orderId, tx))
        {
            var stock = await tx.Scalar<Stock>("""
                UPDATE stock SET reserved = reserved - @Quantity, version = version + 1 WHERE sku = @Sku
                RETURNING sku, on_hand, reserved, version
                """, line);
            stock.TellCrossing(stock.Available - line.Quantity, tx);
        }

        await tx.Execute("UPDATE reservations SET decision = 'released' WHERE order_id = @orderId", new { orderId });
    }
}
