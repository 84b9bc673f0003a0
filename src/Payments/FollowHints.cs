using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>What a webhook told about.</summary>
public sealed record Hint(string EventId, string Type, string ObjectId, int Tries);

/// <summary>Follows each stored webhook once: reads the object again from the provider and applies what it says by the same
/// conditional updates as the answers to our own calls (P12). So a late, repeated or reordered webhook does no harm.</summary>
public sealed partial class FollowHints(
    Database database, StripeClient stripe, SettleAttempt settle, SettleRefund settleRefund, Entropy entropy, TimeProvider clock, ILogger<FollowHints> log) : ILoop
{
    public const string LoopName = "follow-hints";

    private const int MostAtOnce = 16;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public string Name => LoopName;

    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        var due = await database.Query<Hint>("""
            SELECT event_id, type, object_id, tries FROM hints WHERE handled_at IS NULL AND next_attempt_at <= @now
            ORDER BY next_attempt_at LIMIT @MostAtOnce
            """, new { now = clock.GetUtcNow(), MostAtOnce }, stop);
        await Task.WhenAll(due.Select(hint => Follow(hint, stop)));
        return due.Count == MostAtOnce ? TimeSpan.Zero : LongestWait;
    }

    private async Task Follow(Hint hint, CancellationToken stop)
    {
        var followed = hint.Type switch
        {
            _ when IsOfPayment(hint.Type) => await ReadIntent(hint, stop),
            _ when hint.Type.StartsWith("refund.", StringComparison.Ordinal) || hint.Type == "charge.refund.updated" => await ReadRefund(hint, stop),
            _ => true, // told, and not needed: what concerns us comes with the intent or the refund
        };
        var wait = entropy.BackOff(hint.Tries + 1, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(15));
        await database.Write(tx => followed
            ? tx.Execute("UPDATE hints SET handled_at = @Now WHERE event_id = @EventId", new { tx.Now, hint.EventId })
            : tx.Execute("UPDATE hints SET tries = tries + 1, next_attempt_at = @next WHERE event_id = @EventId", new { next = tx.Now + wait, hint.EventId }), stop);
    }

    /// <returns>Whether the hint is done with; false: again later.</returns>
    private async Task<bool> ReadIntent(Hint hint, CancellationToken stop)
    {
        // Read before the provider is asked: see SettleAttempt.
        var attempt = await Attempt.LastOf(database, hint.ObjectId, stop);
        if (attempt is null) return await OfNobody(hint, stop);
        if (attempt.Status == Attempt.Succeeded) return true; // booked: there is nothing left that a reading could change
        var read = await stripe.ReadIntent(hint.ObjectId);
        if (read.Said != Said.Object) return read.Said == Said.Refused;
        if (PaymentRules.OfReading(attempt.Status, read.Value!) is { } outcome && !Says(attempt, outcome)) await settle.Apply(attempt, outcome);
        return true;
    }

    private static bool IsOfPayment(string type) =>
        type.StartsWith("payment_intent.", StringComparison.Ordinal) || type.StartsWith("checkout.session.", StringComparison.Ordinal);

    /// <summary>An intent that no attempt was made with is nothing to us, unless it took money for an order of ours. A session made
    /// it, then, and is followed instead; or there is none.</summary>
    private async Task<bool> OfNobody(Hint hint, CancellationToken stop)
    {
        if (hint.Type != "payment_intent.succeeded") return true;
        var read = await stripe.ReadIntent(hint.ObjectId);
        if (read.Said != Said.Object) return read.Said == Said.Refused;
        if (read.Value is not { Status: Intent.Succeeded, OrderId: { } order }) return true;
        var sessions = await stripe.SessionsOf(hint.ObjectId);
        if (sessions.Said == Said.NotYet) return false;
        if (sessions.Value?.Items is [var session, ..] && await Attempt.LastOf(database, session, stop) is not null)
            return await ReadIntent(hint with { ObjectId = session }, stop);
        Telemetry.Alerts.Add(1, new KeyValuePair<string, object?>("kind", "charge_of_no_attempt"));
        LogNoAttempt(log, hint.ObjectId, order);
        return true;
    }

    private async Task<bool> ReadRefund(Hint hint, CancellationToken stop)
    {
        var read = await stripe.ReadRefund(hint.ObjectId);
        if (read.Said != Said.Object) return read.Said == Said.Refused;
        if (read.Value!.OurId is { } id && await Refund.Find(database, id, stop) is { } refund) await settleRefund.Apply(refund, read.Value);
        return true;
    }

    /// <summary>What we know already is not written again.</summary>
    private static bool Says(Attempt attempt, Outcome outcome) => (attempt.Status, outcome) is
        (Attempt.Processing, Outcome.Processing) or (Attempt.RequiresAction, Outcome.RequiresAction);

    [LoggerMessage(Level = LogLevel.Error, Message = "intent {Intent} took money for order {Order}, and no attempt of ours was made with it: look at it at the provider, and refund it")]
    private static partial void LogNoAttempt(ILogger log, string intent, Guid order);
}
