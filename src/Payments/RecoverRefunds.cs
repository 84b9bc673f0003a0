using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Drives every refund that is not decided yet, those that the store itself began among them.</summary>
public sealed class RecoverRefunds(Database database, SendRefund send, TimeProvider clock) : ILoop
{
    public const string LoopName = "recover-refunds";

    private const int MostAtOnce = 16;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public string Name => LoopName;

    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        var due = await database.Query<Refund>(
            Refund.Select + " WHERE status IN ('submitted', 'pending') AND next_attempt_at <= @now ORDER BY next_attempt_at LIMIT @MostAtOnce",
            new { now = clock.GetUtcNow(), MostAtOnce }, stop);
        await Task.WhenAll(due.Select(refund => Recover(refund, stop)));
        return due.Count == MostAtOnce ? TimeSpan.Zero : LongestWait;
    }

    private async Task Recover(Refund refund, CancellationToken stop)
    {
        if (await Refund.Claim(database, refund, stop) is { } claimed) await send.Step(claimed);
    }
}
