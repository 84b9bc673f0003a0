using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Inventory;

/// <summary>A refunded order that had not left the house puts its goods back on the shelf (P13), once per order and SKU (E5).</summary>
public static class ReturnSold
{
    public static async Task Handle(OrderRefunded refunded, Transaction tx)
    {
        if (!refunded.ReturnsStock) return;
        var stored = await StoredReservation.Find(refunded.OrderId, tx);
        if (stored?.Decision != Reservation.Sold)
            throw new BrokenRuleException($"order {refunded.OrderId} returns its goods, but its reservation reads {stored?.Decision ?? "nothing"}");
        foreach (var line in await StoredReservation.Lines(refunded.OrderId, tx)) await PutBack(refunded.OrderId, line, tx);
    }

    private static async Task PutBack(Guid orderId, SkuQuantity line, Transaction tx)
    {
        if (!await Movement.Add(new Movement(orderId, line.Sku, "return", line.Quantity), tx)) return;
        var stock = await tx.Scalar<Stock>("""
            UPDATE stock SET on_hand = on_hand + @Quantity, version = version + 1 WHERE sku = @Sku
            RETURNING sku, on_hand, reserved, version
            """, line);
        stock.TellCrossing(stock.Available - line.Quantity, tx);
    }
}
