using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>Tells an audit the bank's own record: what it took and gave back for each order that intents name. Charges that
/// name no order come first, as those of the order "".</summary>
public static class TellBankFacts
{
    private const int MostAtOnce = 500;

    public static Task<AuditPage<BankFacts>> Handle(string? after, Database database, CancellationToken stop) => database.Read(async tx =>
    {
        var orders = await tx.Query<string>("SELECT DISTINCT order_id FROM payment_intents WHERE order_id > @after ORDER BY order_id LIMIT @MostAtOnce", new { after = after ?? "", MostAtOnce });
        var facts = orders.Count == 0 ? [] : await Facts(tx, orders[0], orders[^1]);
        if (after is null) facts.InsertRange(0, await OfNoOrder(tx));
        return new AuditPage<BankFacts>([.. facts], orders.Count < MostAtOnce ? null : orders[^1]);
    }, stop);

    private static async Task<List<BankFacts>> Facts(Transaction tx, string from, string to)
    {
        var charges = await tx.Query<Row>("""
            SELECT i.order_id AS order_ref, c.id, c.status, c.amount, c.currency FROM charges c JOIN payment_intents i ON i.id = c.payment_intent
            WHERE i.order_id BETWEEN @from AND @to AND c.status <> 'failed' ORDER BY i.order_id, c.id
            """, new { from, to });
        var refunds = (await tx.Query<Row>("""
            SELECT i.order_id AS order_ref, r.id, r.status, r.amount, r.currency FROM refunds r JOIN payment_intents i ON i.id = r.payment_intent
            WHERE i.order_id BETWEEN @from AND @to AND r.status NOT IN ('failed', 'canceled') ORDER BY i.order_id, r.id
            """, new { from, to })).ToLookup(one => one.OrderRef, StringComparer.Ordinal);
        return [.. charges.GroupBy(one => one.OrderRef, StringComparer.Ordinal)
            .Select(order => new BankFacts(order.Key, [.. order.Select(Change)], [.. refunds[order.Key].Select(Change)]))];
    }

    private static async Task<BankFacts[]> OfNoOrder(Transaction tx)
    {
        var charges = await tx.Query<Row>("""
            SELECT c.id, c.status, c.amount, c.currency FROM charges c LEFT JOIN payment_intents i ON i.id = c.payment_intent
            WHERE COALESCE(i.order_id, '') = '' AND c.status <> 'failed' ORDER BY c.id LIMIT @MostAtOnce
            """, new { MostAtOnce });
        return charges.Count == 0 ? [] : [new BankFacts("", [.. charges.Select(Change)], [])];
    }

    private static BankChange Change(Row row) => new(row.Id, row.Status, new Money(row.Amount, row.Currency.ToUpperInvariant()));

    private sealed record Row
    {
        public string OrderRef { get; init; } = "";
        public required string Id { get; init; }
        public required string Status { get; init; }
        public required long Amount { get; init; }
        public required string Currency { get; init; }
    }
}
