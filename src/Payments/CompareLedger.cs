using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Looks over the ledger by itself: entries that do not balance, and entries of attempts and refunds that are not there
/// (P14, P15). Neither has one right answer: nothing booked is ever changed.</summary>
public sealed class CompareLedger(Database database, Differences differences)
{
    private const int MostFound = 1000;

    private sealed record Entry
    {
        public Guid Id { get; init; }
        public Guid OrderId { get; init; }
        public long DebitMinor { get; init; }
        public long CreditMinor { get; init; }
        public string? Currency { get; init; }
        public DateTimeOffset BookedAt { get; init; }
    }

    public async Task Run(Reconciliation pass, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(pass);
        pass.LedgerEntries += await database.Scalar<int>("SELECT COUNT(*) FROM journal_entries WHERE booked_at >= @From", new { pass.From }, stop);
        await Report(pass, ReconciliationRules.LedgerUnbalanced, "", "HAVING COALESCE(SUM(p.debit_minor), 0) <> COALESCE(SUM(p.credit_minor), 0) OR COUNT(p.entry_id) = 0", stop);
        await Report(pass, ReconciliationRules.LedgerOfNothing, """
            AND ((e.kind = 'charge' AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.id = e.thing_id))
                OR (e.kind IN ('refund', 'refund_returned') AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.id = e.thing_id)))
            """, "", stop);
    }

    private async Task Report(Reconciliation pass, string kind, string where, string having, CancellationToken stop)
    {
        var found = await database.Query<Entry>($"""
            SELECT e.id, e.order_id, COALESCE(CAST(SUM(p.debit_minor) AS BIGINT), 0) AS debit_minor, COALESCE(CAST(SUM(p.credit_minor) AS BIGINT), 0) AS credit_minor,
                MAX(p.currency) AS currency, e.booked_at
            FROM journal_entries e LEFT JOIN postings p ON p.entry_id = e.id
            WHERE e.booked_at >= @From {where}
            GROUP BY e.id, e.order_id, e.booked_at {having} ORDER BY e.booked_at LIMIT @MostFound
            """, new { pass.From, MostFound }, stop);
        foreach (var entry in found)
            await differences.Note(pass, new Difference(kind, entry.Id.ToString(), entry.OrderId, entry.DebitMinor, entry.CreditMinor, entry.Currency, entry.BookedAt), stop);
    }
}
