using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Takes every attempt whose outcome is open to its end, whatever a crash, a time-out or a lost answer left behind
/// (P10). What is due stands in the rows.</summary>
public sealed class RecoverAttempts(Database database, ConfirmAttempt confirm, TimeProvider clock) : ILoop
{
    public const string LoopName = "recover-attempts";

    private const int MostAtOnce = 16;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public string Name => LoopName;

    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        var due = await database.Query<Attempt>(Attempt.Select + """
             WHERE a.status IN ('submitted', 'processing', 'requires_action') AND a.next_attempt_at <= @now ORDER BY a.next_attempt_at LIMIT @MostAtOnce
            """, new { now = clock.GetUtcNow(), MostAtOnce }, stop);
        await Task.WhenAll(due.Select(attempt => Recover(attempt, stop)));
        return due.Count == MostAtOnce ? TimeSpan.Zero : await UntilNext(stop);
    }

    /// <summary>Brings the next look at an attempt forward, because somebody waits for it.</summary>
    public static async Task Hasten(Transaction tx, Attempt attempt, LoopRegistry loops)
    {
        ArgumentNullException.ThrowIfNull(tx);
        ArgumentNullException.ThrowIfNull(attempt);
        if (!PaymentRules.MayHasten(attempt, tx.Now)) return;
        await tx.Execute("UPDATE attempts SET next_attempt_at = @Now WHERE id = @Id AND version = @Version", new { tx.Now, attempt.Id, attempt.Version });
        tx.OnCommitted(() => loops.Wake(LoopName));
    }

    private async Task Recover(Attempt attempt, CancellationToken stop)
    {
        if (await Attempt.Claim(database, attempt, stop) is { } claimed) await confirm.Step(claimed);
    }

    private async Task<TimeSpan> UntilNext(CancellationToken stop)
    {
        var next = await database.Query<DateTimeOffset>("""
            SELECT next_attempt_at FROM attempts WHERE status IN ('submitted', 'processing', 'requires_action') ORDER BY next_attempt_at LIMIT 1
            """, stop: stop);
        var wait = next.Count == 0 ? LongestWait : next[0] - clock.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait;
    }
}
