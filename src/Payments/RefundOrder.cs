using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Orders gives a paid order up: all that is left of its payment goes back, once for the id that Orders gave the refund.
/// It held the order before it asked, so it is not asked again (P13).</summary>
public static class RefundOrder
{
    public static async Task<RefundProgress> Handle(
        Guid orderId, RefundRequest request, Database database, SendRefund send, CommittedWork committed, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        var begun = await database.Write(tx => Begin(tx, orderId, request.RefundId), stop);
        if (begun is not null) await committed.Run(() => send.Step(begun));
        return await Progress(orderId, database, stop);
    }

    /// <summary>How far the giving back is, by the refunds under way and those that went through.</summary>
    public static Task<RefundProgress> Progress(Guid orderId, Database database, CancellationToken stop) => database.Read(async tx =>
    {
        if (await Attempt.Live(tx, orderId, stop) is not { Status: Attempt.Succeeded } payment) return new RefundProgress(RefundProgress.Open);
        if (payment.RefundedMinor == payment.AmountMinor) return new RefundProgress(RefundProgress.Refunded);
        return new RefundProgress(await Refund.Room(tx, payment) == 0 ? RefundProgress.UnderWay : RefundProgress.Open);
    }, stop);

    /// <returns>The refund to send; null when it was made before, or nothing is left to give back.</returns>
    private static async Task<Refund?> Begin(Transaction tx, Guid orderId, Guid refundId)
    {
        await PayableOrder.Lock(tx, orderId);
        if (await Refund.Find(tx, refundId) is not null) return null;
        if (await Attempt.Live(tx, orderId) is not { Status: Attempt.Succeeded } payment) return null;
        var room = await Refund.Room(tx, payment);
        return room == 0 ? null : await Refund.Begin(
            tx, refundId, payment, payment.Amount with { Amount = room }, "order_cancelled", requestedBy: null, asksOrders: false, PaymentRules.Lease);
    }
}
