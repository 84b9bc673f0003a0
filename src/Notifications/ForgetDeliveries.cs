using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Removes deliveries of events that are 30 days old and those of deleted webhooks, some at a time, and secrets that
/// sign no more.</summary>
public sealed class ForgetDeliveries(Database database) : ILoop
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Rests = TimeSpan.FromMinutes(10);

    public string Name => "old-deliveries";

    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        var removed = await database.Write(async tx =>
        {
            await tx.Execute("UPDATE webhooks SET previous_secret = NULL, previous_secret_until = NULL WHERE previous_secret_until <= @Now", new { tx.Now });
            var rows = await Remove(tx, "occurred_at <= @before") + await Remove(tx, "webhook_id IN (SELECT id FROM webhooks WHERE status = 'deleted')");
            await tx.Execute("""
                DELETE FROM webhooks WHERE status = 'deleted' AND NOT EXISTS (SELECT 1 FROM webhook_deliveries WHERE webhook_id = webhooks.id)
                """);
            return rows;
        }, stop);
        return removed == 0 ? Rests : TimeSpan.Zero;
    }

    private static async Task<int> Remove(Transaction tx, string which)
    {
        var args = new { before = tx.Now - NoteDeliveries.Kept, AtOnce };
        var some = $"(SELECT webhook_id, event_id FROM webhook_deliveries WHERE {which} ORDER BY occurred_at, webhook_id, event_id LIMIT @AtOnce)";
        await tx.Execute($"DELETE FROM webhook_attempts WHERE (webhook_id, event_id) IN {some}", args);
        return await tx.Execute($"DELETE FROM webhook_deliveries WHERE (webhook_id, event_id) IN {some}", args);
    }
}
