using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Inventory;

/// <summary>A SKU's stock after a write. <c>Available = OnHand - Reserved</c> is what can still be sold.</summary>
public sealed record Stock(string Sku, long OnHand, long Reserved, long Version)
{
    /// <summary>More than this of one SKU is a typing error.</summary>
    public const long MostOnHand = 1_000_000_000;

    public long Available => OnHand - Reserved;

    /// <summary>Tells the others when the SKU came into stock or sold out by this write; what lies between is nobody's news.</summary>
    /// <param name="wasAvailable">What was available before the write.</param>
    public void TellCrossing(long wasAvailable, Transaction tx)
    {
        if ((wasAvailable > 0) != (Available > 0)) tx.Append(new StockAvailabilityChanged(Sku, Available > 0));
    }
}

/// <summary>A reservation's stored row.</summary>
public sealed record StoredReservation(string Decision, string? Shortages)
{
    /// <summary>Reads and locks an order's decision. The name is locked first, because the row may not exist yet: a reserve
    /// and a cancel that come at the same time are decided one after the other (P3).</summary>
    public static async Task<StoredReservation?> Find(Guid orderId, Transaction tx)
    {
        await tx.LockName($"reservation {orderId}");
        return await tx.Find<StoredReservation>("SELECT decision, shortages FROM reservations WHERE order_id = @orderId", new { orderId });
    }

    /// <summary>What the order holds or took, in the order in which stock rows are locked everywhere.</summary>
    public static async Task<SkuQuantity[]> Lines(Guid orderId, Transaction tx)
    {
        var lines = await tx.Query<SkuQuantity>("SELECT sku, quantity FROM reservation_lines WHERE order_id = @orderId", new { orderId });
        return [.. lines.OrderBy(line => line.Sku, StringComparer.Ordinal)];
    }
}
