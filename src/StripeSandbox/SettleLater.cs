using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>Gives the answers that a bank gives later: debits on their way, refunds that take their time; and ends sessions past
/// their time. What is due is in the rows, so a restart only makes it later.</summary>
public sealed class SettleLater(Database database, Sandbox sandbox, TimeProvider clock) : ILoop
{
    public const string LoopName = "settling";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    public string Name => LoopName;

    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        foreach (var charge in await Due("charges", now, stop)) await sandbox.Write(null, change => SettleCharge(change, charge));
        foreach (var refund in await Due("refunds", now, stop)) await sandbox.Write(null, change => SettleRefund(change, refund));
        foreach (var session in await database.Query<string>("SELECT id FROM checkout_sessions WHERE status = 'open' AND expires_at <= @now ORDER BY expires_at LIMIT 100", new { now }, stop))
            await sandbox.Write(null, change => ExpireSession.Due(change, session));
        await sandbox.Write(null, IdempotencyKeys.ForgetOld);
        return await UntilNext(stop);
    }

    private Task<List<string>> Due(string table, DateTimeOffset now, CancellationToken stop) =>
        database.Query<string>($"SELECT id FROM {table} WHERE settles_at <= @now ORDER BY settles_at LIMIT 100", new { now }, stop);

    private async Task<TimeSpan> UntilNext(CancellationToken stop)
    {
        var waiting = await database.Query<DateTimeOffset>("""
            SELECT settles_at FROM charges WHERE settles_at IS NOT NULL
            UNION ALL SELECT settles_at FROM refunds WHERE settles_at IS NOT NULL
            UNION ALL SELECT expires_at FROM checkout_sessions WHERE status = 'open'
            ORDER BY 1 LIMIT 1
            """, stop: stop);
        if (waiting.Count == 0) return LongestWait;
        var wait = waiting[0] - clock.GetUtcNow();
        return wait > LongestWait ? LongestWait : wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static async Task<bool> SettleCharge(Change change, string chargeId)
    {
        var intentId = await change.Tx.Scalar<string>("SELECT payment_intent FROM charges WHERE id = @chargeId", new { chargeId });
        var intent = await change.LockIntent(intentId);
        // Read again under the locks: a cancellation or another process may have been first.
        if (await change.LockCharge(chargeId) is not { Status: Charge.Pending } charge || intent is not { Status: PaymentIntent.Processing }) return false;
        var (method, _) = await change.FindMethod(charge.PaymentMethod);
        await AttemptPayment.Settle(change, intent, charge, method!);
        return true;
    }

    private static async Task<bool> SettleRefund(Change change, string refundId)
    {
        var chargeId = await change.Tx.Scalar<string>("SELECT charge FROM refunds WHERE id = @refundId", new { refundId });
        var charge = await change.LockCharge(chargeId);
        if (await change.LockRefund(refundId) is not { SettlesAt: not null } refund) return false;

        var failed = refund.SettlesAs == Refund.Failed;
        var settled = await change.Settle(refund, refund.SettlesAs!, failed ? "expired_or_canceled_card" : null);
        // What came back to us may be refunded again.
        if (failed) await change.UpdateRefunded(charge!, charge!.AmountRefunded - refund.Amount);
        await change.Tell("refund.updated", settled.ToJson());
        if (failed) await change.Tell("refund.failed", settled.ToJson());
        return true;
    }
}
