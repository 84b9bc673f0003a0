using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>What of Notifications' own waits for a person: see docs/runbook for each.</summary>
public static class NeedsAPerson
{
    /// <summary>Messages that were given up.</summary>
    public static async Task<AttentionRow?> FailedMessages(Transaction tx)
    {
        var rows = await tx.Query<Failed>("""
            SELECT subject_id, kind, created_at AS since FROM messages WHERE status = 'failed' ORDER BY created_at, subject_id, kind LIMIT @MostThings
            """, new { Attention.MostThings });
        var count = await tx.Scalar<int>("SELECT COUNT(*) FROM messages WHERE status = 'failed'");
        return Attention.Row("message_failed", count, [.. rows.Select(row => new AttentionThing(
            $"{row.SubjectId}.{row.Kind}", QueueMessages.AboutOrders.Contains(row.Kind) ? row.SubjectId : null, row.Since, row.Kind.Replace('_', ' ')))]);
    }

    /// <summary>Webhooks that were switched off by themselves; those that staff switched off are as they should be.</summary>
    public static async Task<AttentionRow?> WebhooksOff(Transaction tx)
    {
        var rows = await tx.Query<SwitchedOff>("""
            SELECT id, url, off_reason, (SELECT MAX(at) FROM webhook_history WHERE webhook_id = webhooks.id AND action = 'switch_off') AS since
            FROM webhooks WHERE status = 'off' AND off_reason <> 'staff' ORDER BY since, id LIMIT @MostThings
            """, new { Attention.MostThings });
        var count = await tx.Scalar<int>("SELECT COUNT(*) FROM webhooks WHERE status = 'off' AND off_reason <> 'staff'");
        return Attention.Row("webhook_switched_off", count, [.. rows.Select(row => new AttentionThing(row.Id.ToString(), null, row.Since, $"{new Uri(row.Url).Host}, {row.OffReason}"))]);
    }

    private sealed record Failed(Guid SubjectId, string Kind, DateTimeOffset Since);

    private sealed record SwitchedOff
    {
        public required Guid Id { get; init; }
        public required string Url { get; init; }
        public required string OffReason { get; init; }
        public DateTimeOffset? Since { get; init; }
    }
}
