using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>A webhook's deliveries with all that was tried, newest first, for 30 days.</summary>
public static class ListDeliveries
{
    private static readonly string[] Statuses = [Delivery.Waiting, Delivery.Delivered, Delivery.Failed];

    /// <summary>Greater than any id that is made before the year 10889.</summary>
    private static readonly Guid Newest = new([255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255]);

    public static async Task<IResult> Handle(Guid id, string? status, PageRequest page, Database database, CancellationToken stop)
    {
        if (status is not null && new Validation().Require(Statuses.Contains(status), "status", "must be one of " + string.Join(", ", Statuses)).Problem is { } problem) return problem;
        if (await Webhook.Find(database, id, stop: stop) is null) return Problem.NotFound();
        var rows = await database.Query<Delivery>("""
            SELECT * FROM webhook_deliveries WHERE webhook_id = @id AND event_id < @before AND (status = @status OR CAST(@status AS TEXT) IS NULL)
            ORDER BY event_id DESC LIMIT @most
            """, new { id, before = page.CursorId() ?? Newest, status, most = page.Limit + 1 }, stop);
        var attempts = await Attempts(database, id, [.. rows.Select(row => row.EventId)], stop);
        return Results.Ok(page.Answer(rows, row => row.Show(attempts), row => [row.EventId.ToString()]));
    }

    internal static async Task<List<Delivery.Attempt>> Attempts(Sql sql, Guid id, Guid[] events, CancellationToken stop = default) => await sql.Query<Delivery.Attempt>("""
        SELECT webhook_id, event_id, at, milliseconds, status_code, fault FROM webhook_attempts WHERE webhook_id = @id AND event_id IN @events ORDER BY version
        """, new { id, events }, stop);
}
