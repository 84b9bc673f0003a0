using System.Diagnostics;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>The one place that applies what the provider said to an attempt, whoever asked: the request, recovery, a
/// webhook (P12). The order's lock, the attempt, the ledger, the event and the request's final answer are one transaction.</summary>
public sealed partial class SettleAttempt(Database database, Entropy entropy, RefundLateSuccess refundLateSuccess, ILogger<SettleAttempt> log)
{
    /// <summary>The idempotency scope of POST /api/payments.</summary>
    public const string Scope = "payments";

    /// <summary>Applies an outcome.</summary>
    /// <param name="seen">The attempt as it was before the provider was asked. What does not end it holds only if it is
    /// still so: an answer that was overtaken on its way must not set the clock back.</param>
    /// <param name="outcome">What was learned.</param>
    /// <returns>The attempt as it is now.</returns>
    public Task<Attempt> Apply(Attempt seen, Outcome outcome) => database.Write(async tx =>
    {
        var order = await PayableOrder.Lock(tx, seen.OrderId);
        var now = (await Attempt.Find(tx, seen.Id))!;
        using var span = Telemetry.Continue("settle the attempt", ActivityKind.Internal, now.Trace);
        return await (outcome switch
        {
            Outcome.Succeeded succeeded => Succeed(tx, order, now, succeeded),
            Outcome.Cancelled cancelled => Cancel(tx, now, cancelled),
            _ when now.Version != seen.Version || !now.IsUnfinished => Task.FromResult(now),
            Outcome.Declined declined => Decline(tx, now, declined),
            Outcome.RequiresAction action => Wait(tx, now, Attempt.RequiresAction, action.Url, action.Method),
            Outcome.Processing processing => Wait(tx, now, Attempt.Processing, null, processing.Method),
            Outcome.Unknown => Wait(tx, now, now.Status, now.NextActionUrl, null),
            _ => throw new BrokenRuleException($"an outcome without a rule: {outcome}"),
        });
    });

    /// <summary>Money was taken: that is booked whatever state the attempt was in.</summary>
    private async Task<Attempt> Succeed(Transaction tx, PayableOrder order, Attempt now, Outcome.Succeeded outcome)
    {
        if (now.Status == Attempt.Succeeded) return now;
        if (!now.IsUnfinished && await Attempt.Live(tx, now.OrderId) is { } other)
        {
            // A canceled intent that succeeded beside another: the provider broke its word, and a person must look.
            tx.OnCommitted(() => Alert("charge_beside_another", now.Id, other.Id));
            return now;
        }

        var paid = await Finish(tx, now, Attempt.Succeeded, null, outcome.Method, order.IsClosed, outcome.IntentId);
        await Ledger.Book(tx, Ledger.Charge(paid), entropy.NewId());
        tx.Append(new PaymentSucceeded(paid.OrderId, paid.Id, paid.Amount, AfterClosure: order.IsClosed));
        if (order.IsClosed) await refundLateSuccess.Begin(tx, paid);
        return await Answer(tx, paid);
    }

    /// <summary>A decline leaves the intent open for the next attempt (P9).</summary>
    private static async Task<Attempt> Decline(Transaction tx, Attempt now, Outcome.Declined outcome) =>
        await Answer(tx, await Finish(tx, now, Attempt.Declined, outcome.Code, outcome.Method, afterClosure: false));

    private static async Task<Attempt> Cancel(Transaction tx, Attempt now, Outcome.Cancelled outcome)
    {
        await PayableOrder.IntentIsGone(tx, now.OrderId, now.IntentId);
        if (!now.IsUnfinished) return now;
        return await Answer(tx, await Finish(tx, now, outcome.Refusal is null ? Attempt.Cancelled : Attempt.Declined, outcome.Refusal, null, afterClosure: false));
    }

    private static async Task<Attempt> Finish(Transaction tx, Attempt now, string status, string? declineCode, PaymentMethodView? method, bool afterClosure, string? chargedIntent = null)
    {
        await tx.Execute("""
            UPDATE attempts SET status = @status, decline_code = @declineCode, after_closure = @afterClosure, version = version + 1, lease_until = @Now,
                made_intent_id = @made,
                method_type = COALESCE(@Type, method_type), method_brand = COALESCE(@Brand, method_brand), method_last4 = COALESCE(@Last4, method_last4)
            WHERE id = @Id AND status <> 'succeeded'
            """, new
        {
            now.Id,
            status,
            declineCode,
            afterClosure,
            tx.Now,
            made = chargedIntent == now.IntentId ? null : chargedIntent,
            method?.Type,
            method?.Brand,
            method?.Last4,
        });
        return (await Attempt.Find(tx, now.Id))!;
    }

    private async Task<Attempt> Wait(Transaction tx, Attempt now, string status, string? url, PaymentMethodView? method)
    {
        var tries = status == now.Status ? now.Tries + 1 : 1;
        var (first, cap) = PaymentRules.Waits(status, tx.Now - now.CreatedAt);
        await tx.Execute("""
            UPDATE attempts SET status = @status, next_action_url = @url, tries = @tries, next_attempt_at = @next, lease_until = @Now, version = version + 1,
                method_type = COALESCE(@Type, method_type), method_brand = COALESCE(@Brand, method_brand), method_last4 = COALESCE(@Last4, method_last4)
            WHERE id = @Id
            """, new { now.Id, status, url, tries, next = tx.Now + entropy.BackOff(tries, first, cap), tx.Now, method?.Type, method?.Brand, method?.Last4 });
        return (await Attempt.Find(tx, now.Id))!;
    }

    private static async Task<Attempt> Answer(Transaction tx, Attempt attempt)
    {
        var (status, body) = PaymentAnswer.Final(attempt);
        await tx.Answer(Scope, attempt.Id, status, body);
        return attempt;
    }

    private void Alert(string kind, Guid attempt, Guid other)
    {
        Telemetry.Alerts.Add(1, new KeyValuePair<string, object?>("kind", kind));
        LogBesideAnother(log, attempt, other);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "attempt {Attempt} succeeded at the provider after it had been canceled, beside attempt {Other} of the same order: look at both there, and refund one")]
    private static partial void LogBesideAnother(ILogger log, Guid attempt, Guid other);
}
