using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>What Payments knows of an order.</summary>
/// <param name="BuyerId">Null while nothing but a closure is known.</param>
/// <param name="ClosedAt">The tombstone (P8).</param>
/// <param name="IntentGeneration">Which of the order's intents is the present one; grows when one was canceled (P9).</param>
/// <param name="IntentId">The open intent; null when there is none.</param>
public sealed record PayableOrder(Guid OrderId, Guid? BuyerId, DateTimeOffset? ClosedAt, int IntentGeneration, string? IntentId)
{
    public bool IsClosed => ClosedAt is not null;

    /// <summary>The row, made when missing, and locked: attempt, closure, result and refund all come through here (P7).</summary>
    public static async Task<PayableOrder> Lock(Transaction tx, Guid orderId)
    {
        await tx.Execute("INSERT INTO payable_orders (order_id, intent_generation) VALUES (@orderId, 1) ON CONFLICT (order_id) DO NOTHING", new { orderId });
        return (await tx.Find<PayableOrder>(Select + tx.Lock, new { orderId }))!;
    }

    /// <summary>A look without a lock; nothing is decided by it alone.</summary>
    public static async Task<PayableOrder> Look(Sql sql, Guid orderId, CancellationToken stop) =>
        await sql.Find<PayableOrder>(Select, new { orderId }, stop) ?? new PayableOrder(orderId, null, null, 1, null);

    /// <summary>The provider said that the intent is canceled: only now may another be made (P9).</summary>
    public static Task IntentIsGone(Transaction tx, Guid orderId, string intentId) => tx.Execute("""
        UPDATE payable_orders SET intent_id = NULL, intent_generation = intent_generation + 1
        WHERE order_id = @orderId AND intent_id = @intentId
        """, new { orderId, intentId });

    private const string Select = "SELECT order_id, buyer_id, closed_at, intent_generation, intent_id FROM payable_orders WHERE order_id = @orderId";
}
