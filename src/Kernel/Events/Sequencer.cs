namespace Stoa.Kernel;

/// <summary>PostgreSQL only: numbers committed events without gaps in insert order, one replica at a time (E1): at once
/// when this process commits some, and every 100 ms what others left. It tells this process's polls that the log has
/// grown, whoever numbered it (E9). Its times are real ones, as the other replicas' are.</summary>
internal sealed class Sequencer(Database database, EventLog log) : ILoop
{
    private const int MostAtOnce = 5_000; // so that a step stays short behind a long import
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private long _head;

    public string Name => "sequencer";

    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        var committed = log.NextCommit(); // before the look, so that no commit falls between
        try
        {
            var (head, fresh) = await database.Find<(long, bool)>("""
                SELECT COALESCE(MAX(position), 0), EXISTS (SELECT 1 FROM event_log WHERE position IS NULL) FROM event_log
                """, stop: stop);
            var grown = Math.Max(head, fresh ? await Number(stop) : 0);
            if (grown != _head) log.Wake();
            else await Task.WhenAny(committed, Task.Delay(LookAgain, stop));
            _head = grown;
        }
        catch (UnavailableException)
        {
            await Task.Delay(LookAgain, stop); // the lock went with its transaction; readiness tells that the database is away
        }

        return TimeSpan.Zero;
    }

    /// <summary>The lock is a statement of its own, so that the next one sees all that its last holder committed.</summary>
    /// <returns>The last position given; 0 for none.</returns>
    private Task<long> Number(CancellationToken stop) => database.Write(async tx =>
    {
        await tx.LockName("event log sequencer");
        return await tx.Scalar<long>("""
            WITH head AS (SELECT COALESCE(MAX(position), 0) AS position FROM event_log),
                 fresh AS (SELECT inserted, ROW_NUMBER() OVER (ORDER BY inserted) AS place FROM event_log
                           WHERE position IS NULL ORDER BY inserted LIMIT @MostAtOnce),
                 numbered AS (UPDATE event_log SET position = head.position + fresh.place FROM head, fresh
                              WHERE event_log.inserted = fresh.inserted RETURNING event_log.position)
            SELECT COALESCE(MAX(position), 0) FROM numbered
            """, new { MostAtOnce });
    }, stop);
}
