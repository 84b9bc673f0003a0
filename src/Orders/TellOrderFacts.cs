using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Tells an audit what became of each order, each figure from the row that it lies in.</summary>
public static class TellOrderFacts
{
    private const int MostAtOnce = 500;

    /// <summary>Idempotency records are forgotten after 30 days, over a day or so.</summary>
    private static readonly TimeSpan KeysAreThere = TimeSpan.FromDays(29);

    public static Task<AuditPage<OrderFacts>> Handle(Guid? after, Database database, CancellationToken stop) => database.Read(async tx =>
    {
        var orders = await tx.Query<Order>("SELECT * FROM orders WHERE id > @after ORDER BY id LIMIT @MostAtOnce", new { after = after ?? Guid.Empty, MostAtOnce });
        if (orders.Count == 0) return new AuditPage<OrderFacts>([], null);
        var (from, to) = (orders[0].Id, orders[^1].Id);
        var history = (await tx.Query<Told>("SELECT order_id, status AS word FROM order_history WHERE order_id BETWEEN @from AND @to ORDER BY order_id, version", new { from, to }))
            .ToLookup(one => one.OrderId, one => one.Word);
        var events = (await tx.Query<Told>("SELECT subject AS order_id, type AS word FROM event_log WHERE subject BETWEEN @from AND @to AND data IS NOT NULL",
            new { from = from.ToString(), to = to.ToString() })).ToLookup(one => one.OrderId, one => one.Word);
        var keys = (await tx.Query<Guid>("SELECT thing_id FROM idempotency WHERE scope = @Scope AND thing_id BETWEEN @from AND @to", new { PlaceOrder.Scope, from, to }))
            .ToLookup(id => id);
        return new AuditPage<OrderFacts>(
            [.. orders.Select(order => Facts(order, history[order.Id], keys[order.Id].Count(), events[order.Id], tx.Now))],
            orders.Count < MostAtOnce ? null : to.ToString());
    }, stop);

    private static OrderFacts Facts(Order order, IEnumerable<string> history, int keys, IEnumerable<string> events, DateTimeOffset now) => new(
        order.Id, order.Status, order.Total,
        [.. order.Lines.GroupBy(line => line.Sku, line => line.Quantity, StringComparer.Ordinal).Select(sku => new SkuQuantity(sku.Key, sku.Sum()))],
        order.CartId, order.Status == OrderStatus.AwaitingPayment && order.PayBy <= now,
        [.. history], now - order.CreatedAt < KeysAreThere ? keys : null, [.. events]);

    private sealed record Told(Guid OrderId, string Word);
}
