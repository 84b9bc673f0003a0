namespace Stoa.Kernel;

/// <summary>What the database needs now and then: a log of state compacted (E7), old idempotency records removed.</summary>
internal sealed class HouseKeeping(Database database, EventLog log, TimeProvider clock) : ILoop
{
    private static readonly TimeSpan Rests = TimeSpan.FromMinutes(1);

    public string Name => "housekeeping";

    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        if (log.HoldsState && await EventLog.Compact(database, stop) > 0) return TimeSpan.Zero;
        var before = clock.GetUtcNow() - Idempotency.Kept;
        await database.Write(tx => tx.Execute("DELETE FROM idempotency WHERE created_at < @before", new { before }), stop);
        return Rests;
    }
}

/// <summary>PostgreSQL only: numbers committed events (E1), at once when this process commits, every 100 ms for other replicas.</summary>
internal sealed class Sequencer(Database database, EventLog log) : ILoop
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    public string Name => "sequencer";

    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        var woken = log.NextCommit();
        if (await log.Number(database, stop) > 0) return TimeSpan.Zero;
        await Task.WhenAny(woken, Task.Delay(LookAgain, stop));
        return TimeSpan.Zero;
    }
}
