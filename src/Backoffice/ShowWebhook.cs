using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>One webhook: how it does, what was sent there, who changed it, and what can be done.</summary>
public static class ShowWebhook
{
    public static string Link(Guid id) => $"{Office.Path}/webhooks/{id}";

    public static Task<IResult> Handle(Guid id, string? done, string? status, string? cursor, WebhooksApi webhooks, OfficeApi api, CancellationToken stop) =>
        Page(id, new(Done: done, Status: status is "waiting" or "delivered" or "failed" ? status : null, Cursor: cursor), webhooks, api, stop);

    /// <param name="view">What of it is shown.</param>
    /// <param name="status">A refusal's.</param>
    public static async Task<IResult> Page(Guid id, View view, WebhooksApi webhooks, OfficeApi api, CancellationToken stop, int status = 200)
    {
        var (webhook, deliveries, types, staff) = (webhooks.Find(id, stop), webhooks.Deliveries(id, view.Status, view.Cursor, stop), webhooks.Types(stop), api.Staff(stop));
        await Task.WhenAll(webhook, deliveries, types, staff);
        if ((await webhook).Status is 404) return Show.NotFound();
        var shown = (await webhook).Needed("This webhook");
        return Show.Page<WebhookPage>(new
        {
            shown.Webhook,
            Deliveries = (await deliveries).Needed("This webhook's deliveries"),
            Types = (await types).Needed("This webhook").Items,
            History = ChangeLog.Of(shown.History.Reverse(), await staff),
            View = view,
        }, status);
    }

    /// <summary>After a form: shows what was done, or the page again with why it was not.</summary>
    public static async Task<IResult> After<T>(Guid id, string done, ApiAnswer<T> answer, WebhooksApi webhooks, OfficeApi api, CancellationToken stop) where T : class => answer switch
    {
        { Ok: true } => Show.Next($"{Link(id)}?done={done}"),
        { Status: 404 } => Show.NotFound(),
        { IsDown: true } or { Status: 401 } => throw new PartDownException("This webhook", answer.Status),
        _ => await Page(id, new(Refused: answer.Refusal), webhooks, api, stop, answer.Status),
    };

    /// <param name="Done">What was done.</param>
    /// <param name="Refused">Why it was not.</param>
    /// <param name="Secret">A secret that was made just now.</param>
    /// <param name="Status">Which deliveries; null for all.</param>
    /// <param name="Cursor">From where in the log.</param>
    public sealed record View(string? Done = null, Refusal? Refused = null, string? Secret = null, string? Status = null, string? Cursor = null);
}
