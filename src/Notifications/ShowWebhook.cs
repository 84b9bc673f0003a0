using System.Text.Json;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>One webhook, and who changed it how, oldest first.</summary>
public static class ShowWebhook
{
    /// <param name="Webhook">As it is.</param>
    /// <param name="History">What became of it.</param>
    public sealed record View(Webhook.View Webhook, Change[] History);

    /// <param name="At">When.</param>
    /// <param name="By">The staff member; null when it was switched off by itself.</param>
    /// <param name="Action">What was done.</param>
    /// <param name="Before">How it was; null when it was made.</param>
    /// <param name="After">How it was then.</param>
    public sealed record Change(DateTimeOffset At, Guid? By, string Action, JsonElement? Before, JsonElement? After);

    public static async Task<IResult> Handle(Guid id, Database database, CancellationToken stop)
    {
        if (await Webhook.Find(database, id, stop: stop) is not { } webhook) return Problem.NotFound();
        var rows = await database.Query<Row>("""
            SELECT at, actor_id, action, before, after FROM (
                SELECT at, version AS number, actor_id, action, before, after FROM webhook_history WHERE webhook_id = @id
                UNION ALL SELECT at, 9223372036854775807, actor_id, action, before, after FROM staff_actions WHERE thing_id = @id
            ) AS done ORDER BY at, number
            """, new { id }, stop);
        return Results.Ok(new View(webhook.Show(), [.. rows.Select(row => new Change(row.At, row.ActorId, row.Action, Read(row.Before), Read(row.After)))]));
    }

    private static JsonElement? Read(string? facts) => facts is null ? null : Json.Read<JsonElement>(facts);

    private sealed record Row(DateTimeOffset At, Guid? ActorId, string Action, string? Before, string? After);
}
