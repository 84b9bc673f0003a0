using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>What of Payments' own waits for a person, each kind until it is solved: see docs/runbook for each.</summary>
public static class NeedsAPerson
{
    /// <summary>A late success is shown for a while after its money went back: somebody acted past the store (P11). A refund that
    /// failed is shown that long too, unless another was asked for.</summary>
    private static readonly TimeSpan Shown = TimeSpan.FromDays(7);

    /// <summary>Refunds of which nobody knows whether they went out (P13).</summary>
    public static Task<AttentionRow?> EscalatedRefunds(Transaction tx) => Find(tx, "refund_escalated", """
        SELECT id, order_id, amount_minor, currency, created_at AS since, reason AS detail FROM refunds WHERE status = 'escalated'
        """);

    /// <summary>Refunds that brought the buyer nothing.</summary>
    public static Task<AttentionRow?> FailedRefunds(Transaction tx) => Find(tx, "refund_failed", """
        SELECT id, order_id, amount_minor, currency, created_at AS since, failure_code AS detail FROM refunds
        WHERE status = 'failed' AND created_at > @after
            AND NOT EXISTS (SELECT 1 FROM refunds later WHERE later.attempt_id = refunds.attempt_id AND later.id > refunds.id AND later.status <> 'failed')
        """);

    /// <summary>Payments that succeeded after their order was closed.</summary>
    public static Task<AttentionRow?> LateSuccesses(Transaction tx) => Find(tx, "late_success", """
        SELECT id, order_id, amount_minor, currency, created_at AS since,
            CASE WHEN amount_minor = (SELECT COALESCE(SUM(amount_minor), 0) FROM refunds WHERE attempt_id = attempts.id AND status = 'succeeded')
                THEN 'given back' ELSE 'not given back yet' END AS detail
        FROM attempts WHERE status = 'succeeded' AND after_closure AND (created_at > @after
            OR amount_minor > (SELECT COALESCE(SUM(amount_minor), 0) FROM refunds WHERE attempt_id = attempts.id AND status = 'succeeded'))
        """);

    /// <summary>What reconciliation found and could not put right (P15).</summary>
    public static async Task<AttentionRow?> OpenDifferences(Transaction tx)
    {
        var rows = await tx.Query<Difference>("""
            SELECT kind, subject, order_id, first_seen_at AS since FROM differences WHERE cleared_at IS NULL ORDER BY first_seen_at, kind, subject LIMIT @MostThings
            """, new { Attention.MostThings });
        var count = await tx.Scalar<int>("SELECT COUNT(*) FROM differences WHERE cleared_at IS NULL");
        return Attention.Row("money_differs", count, [.. rows.Select(row => new AttentionThing(row.Subject, row.OrderId, row.Since, row.Kind.Replace('_', ' ')))]);
    }

    private static async Task<AttentionRow?> Find(Transaction tx, string kind, string select)
    {
        var arguments = new { after = tx.Now - Shown, Attention.MostThings };
        var rows = await tx.Query<Thing>(select + " ORDER BY created_at, id LIMIT @MostThings", arguments);
        var count = await tx.Scalar<int>($"SELECT COUNT(*) FROM ({select}) AS things", arguments);
        return Attention.Row(kind, count, [.. rows.Select(row => row.Show())]);
    }

    private sealed record Thing
    {
        public required Guid Id { get; init; }
        public required Guid OrderId { get; init; }
        public required long AmountMinor { get; init; }
        public required string Currency { get; init; }
        public required DateTimeOffset Since { get; init; }
        public string? Detail { get; init; }

        public AttentionThing Show() =>
            new(Id.ToString(), OrderId, Since, new Money(AmountMinor, Currency) + (string.IsNullOrEmpty(Detail) ? "" : ", " + Detail.Replace('_', ' ')));
    }

    private sealed record Difference
    {
        public required string Kind { get; init; }
        public required string Subject { get; init; }
        public Guid? OrderId { get; init; }
        public required DateTimeOffset Since { get; init; }
    }
}
