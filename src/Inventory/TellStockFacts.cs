using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Inventory;

/// <summary>Tells an audit what was decided and moved for each order, and each SKU's figures, every one from its own rows.</summary>
public static class TellStockFacts
{
    private const int MostAtOnce = 500;

    public static Task<AuditPage<ReservationFacts>> OfOrders(Guid? after, Database database, CancellationToken stop) => database.Read(async tx =>
    {
        var orders = await tx.Query<Guid>("""
            SELECT order_id FROM reservations WHERE order_id > @after
            UNION SELECT cause_id FROM movements WHERE kind <> 'adjustment' AND cause_id > @after
            ORDER BY 1 LIMIT @MostAtOnce
            """, new { after = after ?? Guid.Empty, MostAtOnce });
        if (orders.Count == 0) return new AuditPage<ReservationFacts>([], null);
        var range = new { from = orders[0], to = orders[^1] };
        var decisions = (await tx.Query<Decided>("SELECT order_id, decision FROM reservations WHERE order_id BETWEEN @from AND @to", range)).ToDictionary(one => one.OrderId, one => one.Decision);
        var lines = (await tx.Query<Line>("SELECT order_id, sku, quantity FROM reservation_lines WHERE order_id BETWEEN @from AND @to ORDER BY sku", range)).ToLookup(one => one.OrderId);
        var movements = (await tx.Query<Moved>("SELECT cause_id, sku, kind, quantity FROM movements WHERE kind <> 'adjustment' AND cause_id BETWEEN @from AND @to ORDER BY sku, kind", range)).ToLookup(one => one.CauseId);
        return new AuditPage<ReservationFacts>(
            [.. orders.Select(order => new ReservationFacts(
                order, decisions.GetValueOrDefault(order),
                [.. lines[order].Select(line => new SkuQuantity(line.Sku, (int)line.Quantity))],
                [.. movements[order].Select(one => new MovementFacts(one.Sku, one.Kind, one.Quantity))]))],
            orders.Count < MostAtOnce ? null : range.to.ToString());
    }, stop);

    public static Task<AuditPage<StockFacts>> OfSkus(string? after, Database database, CancellationToken stop) => database.Read(async tx =>
    {
        var skus = await tx.Query<Figures>("""
            SELECT s.sku, s.on_hand, s.reserved,
                COALESCE((SELECT CAST(SUM(m.quantity) AS BIGINT) FROM movements m WHERE m.sku = s.sku AND m.kind = 'adjustment'), 0) AS received,
                COALESCE((SELECT CAST(-SUM(m.quantity) AS BIGINT) FROM movements m WHERE m.sku = s.sku AND m.kind = 'sale'), 0) AS sold,
                COALESCE((SELECT CAST(SUM(m.quantity) AS BIGINT) FROM movements m WHERE m.sku = s.sku AND m.kind = 'return'), 0) AS returned,
                COALESCE((SELECT CAST(SUM(l.quantity) AS BIGINT) FROM reservation_lines l
                    JOIN reservations r ON r.order_id = l.order_id WHERE l.sku = s.sku AND r.decision = 'reserved'), 0) AS held
            FROM stock s WHERE s.sku > @after ORDER BY s.sku LIMIT @MostAtOnce
            """, new { after = after ?? "", MostAtOnce });
        return new AuditPage<StockFacts>([.. skus.Select(one => new StockFacts(one.Sku, one.OnHand, one.Reserved, one.Received, one.Sold, one.Returned, one.Held))], skus.Count < MostAtOnce ? null : skus[^1].Sku);
    }, stop);

    private sealed record Decided(Guid OrderId, string Decision);

    private sealed record Line(Guid OrderId, string Sku, long Quantity);

    private sealed record Moved(Guid CauseId, string Sku, string Kind, long Quantity);

    private sealed record Figures
    {
        public required string Sku { get; init; }
        public required long OnHand { get; init; }
        public required long Reserved { get; init; }
        public required long Received { get; init; }
        public required long Sold { get; init; }
        public required long Returned { get; init; }
        public required long Held { get; init; }
    }
}
