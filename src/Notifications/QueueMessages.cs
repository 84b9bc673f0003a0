using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Notes which messages are to be written, in the transaction that moves the position in the order's log: none is lost, none is noted twice.</summary>
public static class QueueMessages
{
    internal const string PaidKind = "order_paid";

    /// <summary>A paid order is confirmed to its buyer.</summary>
    public static Task WhenPaid(OrderPaid paid, Transaction tx)
    {
        ArgumentNullException.ThrowIfNull(paid);
        ArgumentNullException.ThrowIfNull(tx);
        return Note(tx, paid.OrderId, PaidKind);
    }

    /// <summary>One message per order and kind, so that a log read again names the same one (E5).</summary>
    private static Task Note(Transaction tx, Guid orderId, string kind) => tx.Execute("""
        INSERT INTO messages (order_id, kind, status, attempts, next_attempt_at, created_at)
        VALUES (@orderId, @kind, 'waiting', 0, @Now, @Now) ON CONFLICT DO NOTHING
        """, new { orderId, kind, tx.Now });
}
