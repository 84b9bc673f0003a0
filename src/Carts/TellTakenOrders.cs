using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Carts;

/// <summary>Tells an audit which orders' lines have left their carts (C2).</summary>
public static class TellTakenOrders
{
    private const int MostAtOnce = 500;

    public static async Task<AuditPage<TakenFacts>> Handle(Guid? after, Database database, CancellationToken stop)
    {
        var orders = await database.Query<Guid>("SELECT order_id FROM orders_taken WHERE order_id > @after ORDER BY order_id LIMIT @MostAtOnce",
            new { after = after ?? Guid.Empty, MostAtOnce }, stop);
        return new AuditPage<TakenFacts>([.. orders.Select(order => new TakenFacts(order))], orders.Count < MostAtOnce ? null : orders[^1].ToString());
    }
}
