using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Tells an audit which messages there are about which orders, by the orders' ids; a refund's and a link's have others.</summary>
public static class TellMessages
{
    private const int MostAtOnce = 500;

    public static async Task<AuditPage<MessageFacts>> Handle(Guid? after, Database database, CancellationToken stop)
    {
        var orders = await database.Query<Guid>("SELECT DISTINCT subject_id FROM messages WHERE kind IN @AboutOrders AND subject_id > @after ORDER BY subject_id LIMIT @MostAtOnce",
            new { QueueMessages.AboutOrders, after = after ?? Guid.Empty, MostAtOnce }, stop);
        if (orders.Count == 0) return new AuditPage<MessageFacts>([], null);
        var messages = await database.Query<MessageFacts>(
            "SELECT subject_id AS order_id, kind, status FROM messages WHERE kind IN @AboutOrders AND subject_id BETWEEN @from AND @to ORDER BY subject_id, kind",
            new { QueueMessages.AboutOrders, from = orders[0], to = orders[^1] }, stop);
        return new AuditPage<MessageFacts>([.. messages], orders.Count < MostAtOnce ? null : orders[^1].ToString());
    }
}
