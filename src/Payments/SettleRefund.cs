using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>The one place that applies what the provider said to a refund, whoever asked (P13).</summary>
public sealed partial class SettleRefund(Database database, Entropy entropy, ILogger<SettleRefund> log)
{
    /// <summary>The idempotency scope of POST /api/refunds.</summary>
    public const string Scope = "refunds";

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LooksOftenFor = TimeSpan.FromMinutes(10);

    /// <summary>Applies the refund as the provider has it.</summary>
    public Task<Refund> Apply(Refund seen, ProviderRefund told)
    {
        ArgumentNullException.ThrowIfNull(told);
        return Change(seen, (tx, now) => told.Status switch
        {
            ProviderRefund.Succeeded => Succeed(tx, now, told),
            _ when told.Failed => Fail(tx, now, told.Id, told.FailureCode ?? told.Status),
            _ => Wait(tx, now, Refund.Pending, told.Id),
        });
    }

    /// <summary>The provider refused it, and does not hold it.</summary>
    public Task<Refund> Refused(Refund seen, string code) => Change(seen, (tx, now) => Fail(tx, now, null, code));

    /// <summary>Nothing known yet: again later.</summary>
    public Task<Refund> NotYet(Refund seen) => Change(seen, (tx, now) => now.Version == seen.Version ? Wait(tx, now, now.Status, null) : Task.CompletedTask);

    /// <summary>Only a person can tell whether it went out.</summary>
    public Task<Refund> Escalate(Refund seen) => Change(seen, async (tx, now) =>
    {
        if (now.Status != Refund.Submitted) return;
        await Finish(tx, now, Refund.Escalated, null, null);
        tx.OnCommitted(() => Alert("refund_escalated", now.Id, now.OrderId, "it is not found at the provider, whose key for it is forgotten or brings an error only: look there, and refund by hand if it is missing"));
    });

    private Task<Refund> Change(Refund seen, Func<Transaction, Refund, Task> change) => database.Write(async tx =>
    {
        await PayableOrder.Lock(tx, seen.OrderId);
        await change(tx, (await Refund.Find(tx, seen.Id))!);
        return (await Refund.Find(tx, seen.Id))!;
    });

    private async Task Succeed(Transaction tx, Refund now, ProviderRefund told)
    {
        if (now.Status is Refund.Succeeded or Refund.Failed) return;
        await Finish(tx, now, Refund.Succeeded, told.Id, null);
        await Ledger.Book(tx, Ledger.Refund(now), entropy.NewId());
        var payment = (await Attempt.Find(tx, now.AttemptId))!;
        tx.Append(new PaymentRefunded(now.OrderId, payment.Id, now.Id, now.Amount, new Money(payment.RefundedMinor, payment.Currency),
            Whole: payment.RefundedMinor == payment.AmountMinor));
        await Answer(tx, now.Id);
    }

    /// <summary>One that had gone through may come back to us: the ledger reverses it, and a person finds another way to the buyer.</summary>
    private async Task Fail(Transaction tx, Refund now, string? providerId, string code)
    {
        if (now.Status == Refund.Failed) return;
        await Finish(tx, now, Refund.Failed, providerId, code);
        if (now.Status == Refund.Succeeded) await Ledger.Book(tx, Ledger.RefundReturned(now), entropy.NewId());
        var payment = (await Attempt.Find(tx, now.AttemptId))!;
        tx.Append(new PaymentRefundFailed(now.OrderId, payment.Id, now.Id, now.Amount, new Money(payment.RefundedMinor, payment.Currency)));
        await Answer(tx, now.Id);
        tx.OnCommitted(() => Alert("refund_failed", now.Id, now.OrderId, code));
    }

    private static Task Finish(Transaction tx, Refund now, string status, string? providerId, string? code) => tx.Execute("""
        UPDATE refunds SET status = @status, provider_refund_id = COALESCE(@providerId, provider_refund_id), failure_code = @code,
            version = version + 1, lease_until = @Now WHERE id = @Id
        """, new { now.Id, status, providerId, code, tx.Now });

    private Task Wait(Transaction tx, Refund now, string status, string? providerId)
    {
        if (now.Status is not (Refund.Submitted or Refund.Pending or Refund.Escalated)) return Task.CompletedTask;
        var longest = tx.Now - now.CreatedAt < LooksOftenFor ? TimeSpan.FromSeconds(15) : TimeSpan.FromMinutes(5); // banks take days
        return tx.Execute("""
            UPDATE refunds SET status = @status, provider_refund_id = COALESCE(@providerId, provider_refund_id), tries = tries + 1,
                next_attempt_at = @next, lease_until = @Now, version = version + 1 WHERE id = @Id
            """, new { now.Id, status, providerId, next = tx.Now + entropy.BackOff(now.Tries + 1, First, longest), tx.Now });
    }

    private static async Task Answer(Transaction tx, Guid id) => await tx.Answer(Scope, id, 201, (await Refund.Find(tx, id))!.View());

    private void Alert(string kind, Guid refund, Guid order, string reason)
    {
        Telemetry.Alerts.Add(1, new KeyValuePair<string, object?>("kind", kind));
        LogNeedsAPerson(log, refund, order, reason);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "refund {Refund} of order {Order} needs a person: {Reason}")]
    private static partial void LogNeedsAPerson(ILogger log, Guid refund, Guid order, string reason);
}
