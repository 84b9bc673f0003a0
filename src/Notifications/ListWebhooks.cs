using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>All webhooks, oldest first.</summary>
public static class ListWebhooks
{
    public static async Task<Page<Webhook.View>> Handle(PageRequest page, Database database, CancellationToken stop)
    {
        var rows = await database.Query<Webhook>("SELECT * FROM webhooks WHERE status <> 'deleted' AND id > @after ORDER BY id LIMIT @most",
            new { after = page.CursorId() ?? Guid.Empty, most = page.Limit + 1 }, stop);
        return page.Answer(rows, row => row.Show(), row => [row.Id.ToString()]);
    }
}
