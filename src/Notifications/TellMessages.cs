using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Tells an audit which messages there are about which orders.</summary>
public static class TellMessages
{
    private const int MostAtOnce = 500;

    public static async Task<AuditPage<MessageFacts>> Handle(Guid? after, Database database, CancellationToken stop)
    {
        var orders = await database.Query<Guid>("SELECT DISTINCT order_id FROM messages WHERE order_id > @after ORDER BY order_id LIMIT @MostAtOnce",
            new { after = after ?? Guid.Empty, MostAtOnce }, stop);
        if (orders.Count == 0) return new AuditPage<MessageFacts>([], null);
        var messages = await database.Query<MessageFacts>(
            "SELECT order_id, kind, status FROM messages WHERE order_id BETWEEN @from AND @to ORDER BY order_id, kind", new { from = orders[0], to = orders[^1] }, stop);
        return new AuditPage<MessageFacts>([.. messages], orders.Count < MostAtOnce ? null : orders[^1].ToString());
    }
}
