using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Tells an audit what Payments holds of each order: attempts, refunds, and what the ledger says of them.</summary>
public static class TellPaymentFacts
{
    private const int MostAtOnce = 500;

    public static Task<AuditPage<PaymentFacts>> Handle(Guid? after, Database database, CancellationToken stop) => database.Read(async tx =>
    {
        var orders = await tx.Query<Row>("""
            SELECT order_id, closed_at FROM payable_orders WHERE order_id > @after
            UNION SELECT order_id, NULL FROM journal_entries WHERE order_id > @after AND order_id NOT IN (SELECT order_id FROM payable_orders)
            ORDER BY order_id LIMIT @MostAtOnce
            """, new { after = after ?? Guid.Empty, MostAtOnce });
        if (orders.Count == 0) return new AuditPage<PaymentFacts>([], null);
        var range = new { from = orders[0].OrderId, to = orders[^1].OrderId };
        var attempts = (await tx.Query<AttemptRow>("SELECT order_id, id, status, amount_minor, currency, after_closure FROM attempts WHERE order_id BETWEEN @from AND @to ORDER BY id", range)).ToLookup(one => one.OrderId);
        var refunds = (await tx.Query<RefundRow>("SELECT order_id, id, attempt_id, status, amount_minor, currency FROM refunds WHERE order_id BETWEEN @from AND @to ORDER BY id", range)).ToLookup(one => one.OrderId);
        var entries = (await tx.Query<EntryRow>("SELECT order_id, id, kind, thing_id FROM journal_entries WHERE order_id BETWEEN @from AND @to ORDER BY id", range)).ToLookup(one => one.OrderId);
        var postings = (await tx.Query<PostingRow>("""
            SELECT p.entry_id, p.account, p.currency, p.debit_minor, p.credit_minor FROM postings p
            JOIN journal_entries e ON e.id = p.entry_id WHERE e.order_id BETWEEN @from AND @to ORDER BY p.account
            """, range)).ToLookup(one => one.EntryId);
        var events = (await tx.Query<EventRow>("SELECT subject AS order_id, type FROM event_log WHERE subject BETWEEN @from AND @to AND data IS NOT NULL",
            new { from = range.from.ToString(), to = range.to.ToString() })).ToLookup(one => one.OrderId, one => one.Type);
        return new AuditPage<PaymentFacts>(
            [.. orders.Select(order => new PaymentFacts(
                order.OrderId, order.ClosedAt is not null,
                [.. attempts[order.OrderId].Select(one => new AttemptFacts(one.Id, one.Status, new Money(one.AmountMinor, one.Currency), one.AfterClosure))],
                [.. refunds[order.OrderId].Select(one => new RefundFacts(one.Id, one.AttemptId, one.Status, new Money(one.AmountMinor, one.Currency)))],
                [.. entries[order.OrderId].Select(one => new EntryFacts(one.Id, one.Kind, one.ThingId,
                    [.. postings[one.Id].Select(side => new PostingFacts(side.Account, side.Currency, side.DebitMinor, side.CreditMinor))]))],
                [.. events[order.OrderId]]))],
            orders.Count < MostAtOnce ? null : range.to.ToString());
    }, stop);

    private sealed record Row
    {
        public required Guid OrderId { get; init; }
        public DateTimeOffset? ClosedAt { get; init; }
    }

    private sealed record AttemptRow(Guid OrderId, Guid Id, string Status, long AmountMinor, string Currency, bool AfterClosure);

    private sealed record RefundRow(Guid OrderId, Guid Id, Guid AttemptId, string Status, long AmountMinor, string Currency);

    private sealed record EntryRow(Guid OrderId, Guid Id, string Kind, Guid ThingId);

    private sealed record PostingRow(Guid EntryId, string Account, string Currency, long DebitMinor, long CreditMinor);

    private sealed record EventRow(Guid OrderId, string Type);
}
