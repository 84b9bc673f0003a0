using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Goes on with orders that nobody holds: left behind by a crash, postponed, or past their pay-by time (P1).
/// It sleeps until the earliest of them is due, and a step that is postponed wakes it.</summary>
public sealed class OrderRunner(Database database, DriveOrder drive, TimeProvider clock) : ILoop
{
    public const string LoopName = "orders";
    private const int MostAtOnce = 64;

    /// <summary>Other replicas' orders become due without waking this one, so it looks again after this long.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(15);

    public string Name => LoopName;

    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        var due = await database.Find<DateTimeOffset?>(
            "SELECT next_attempt FROM orders WHERE next_attempt IS NOT NULL ORDER BY next_attempt LIMIT 1", stop: stop);
        var wait = (due ?? DateTimeOffset.MaxValue) - clock.GetUtcNow();
        if (wait > TimeSpan.Zero) return wait < LongestSleep ? wait : LongestSleep;

        var held = await database.Write(Claim, stop);
        await Task.WhenAll(held.Select(drive.Go)); // a step that has begun runs to its end, also while the service stops
        return TimeSpan.Zero;
    }

    /// <summary>The leases are committed before any call to another service (P1).</summary>
    private static async Task<List<Order>> Claim(Transaction tx)
    {
        var due = await tx.Query<Order>("SELECT * FROM orders WHERE next_attempt <= @Now ORDER BY next_attempt LIMIT @MostAtOnce" + tx.Lock,
            new { tx.Now, MostAtOnce });
        var held = new List<Order>(due.Count);
        foreach (var order in due) held.Add(await tx.Save(order, order.Claim(tx.Now)));
        return held;
    }
}
