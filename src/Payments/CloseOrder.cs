using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Orders asks whether an order may end unpaid; Payments is the arbiter (P8). <c>closed</c> is a tombstone: no
/// payment of the order is taken after it, also of an order never heard of. With the provider away and an intent open the
/// answer is <c>in_flight</c>: the buyer may be saying yes at the bank at this moment.</summary>
public static class CloseOrder
{
    public static async Task<Closure> Handle(Guid orderId, Database database, CancelIntent cancel, LoopRegistry loops, CancellationToken stop)
    {
        var (closure, intentId) = await database.Write(tx => Decide(tx, orderId, loops), stop);
        if (closure is not null) return new Closure(closure);
        await cancel.Run(intentId!, stop);
        (closure, _) = await database.Write(tx => Decide(tx, orderId, loops), stop);
        return new Closure(closure ?? Closure.InFlight);
    }

    /// <returns>The closure, or the open intent that must be canceled before there can be one.</returns>
    private static async Task<(string? Closure, string? IntentId)> Decide(Transaction tx, Guid orderId, LoopRegistry loops)
    {
        var order = await PayableOrder.Lock(tx, orderId);
        var live = await Attempt.Live(tx, orderId);
        var closure = PaymentRules.Closure(order.IsClosed, live?.Status, order.IntentId is not null);
        if (closure == Closure.Closed && !order.IsClosed)
            await tx.Execute("UPDATE payable_orders SET closed_at = @Now WHERE order_id = @orderId", new { orderId, tx.Now });
        if (closure == Closure.InFlight) await RecoverAttempts.Hasten(tx, live!, loops);
        return (closure, order.IntentId);
    }
}
