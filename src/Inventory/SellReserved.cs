using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Inventory;

/// <summary>A paid order's goods leave the shelf: what was held becomes a sale, once per order and SKU (P5, E5).</summary>
public static class SellReserved
{
    public static async Task Handle(OrderPaid paid, Transaction tx)
    {
        var stored = await StoredReservation.Find(paid.OrderId, tx);
        switch (stored?.Decision)
        {
            case Reservation.Sold: return;
            case Reservation.Reserved: break;
            case null: await HoldNow(paid, tx); break;
            default: throw new BrokenRuleException($"order {paid.OrderId} is paid, but its reservation reads {stored.Decision}");
        }

        foreach (var line in await StoredReservation.Lines(paid.OrderId, tx)) await Sell(paid.OrderId, line, tx);
        await tx.Execute("UPDATE reservations SET decision = 'sold' WHERE order_id = @OrderId", new { paid.OrderId });
    }

    /// <summary>Available stays what it is: on hand and reserved fall together.</summary>
    private static async Task Sell(Guid orderId, SkuQuantity line, Transaction tx)
    {
        if (!await Movement.Add(new Movement(orderId, line.Sku, "sale", -line.Quantity), tx)) return;
        await tx.Execute("""
            UPDATE stock SET on_hand = on_hand - @Quantity, reserved = reserved - @Quantity, version = version + 1 WHERE sku = @Sku
            """, line);
    }

    /// <summary>A restored database may have lost a reservation that Orders saw. The goods are paid for: they are taken if
    /// they are there, else the event waits as a dead letter until staff have put the stock in order.</summary>
    private static async Task HoldNow(OrderPaid paid, Transaction tx)
    {
        var lines = Reserve.Summed(paid.Lines);
        var shortages = await Reserve.HoldAll(lines, tx);
        if (shortages.Length > 0) throw new BrokenRuleException($"order {paid.OrderId} is paid, holds no stock, and {shortages[0].Sku} is short");
        await Reserve.Store(paid.OrderId, new Reservation(Reservation.Reserved, []), lines, tx);
    }
}
