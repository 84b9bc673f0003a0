namespace Stoa.Kernel;

/// <summary>What the database needs now and then: a log of state compacted (E7), old idempotency records removed.</summary>
internal sealed class HouseKeeping(Database database, EventLog log, TimeProvider clock) : ILoop
{
    private static readonly TimeSpan Rests = TimeSpan.FromMinutes(1);

    public string Name => "housekeeping";

    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        if (log.HoldsState && await EventLog.Compact(database, stop)) return TimeSpan.Zero;
        var before = clock.GetUtcNow() - Idempotency.Kept;
        await database.Write(tx => tx.Execute("DELETE FROM idempotency WHERE created_at < @before", new { before }), stop);
        return Rests;
    }
}
