namespace Stoa.Backoffice;

/// <summary>What staff do to a webhook: where it goes and what it wants, on and off, a new secret, one delivery again, its end.</summary>
public static class ChangeWebhook
{
    public static async Task<IResult> Save(Guid id, IFormCollection form, WebhooksApi webhooks, OfficeApi api, CancellationToken stop) =>
        await ShowWebhook.After(id, "changed", await webhooks.Change(id, form["url"].ToString().Trim(), [.. form["events"].OfType<string>()], stop), webhooks, api, stop);

    public static async Task<IResult> On(Guid id, WebhooksApi webhooks, OfficeApi api, CancellationToken stop) =>
        await ShowWebhook.After(id, "on", await webhooks.Switch(id, true, stop), webhooks, api, stop);

    public static async Task<IResult> Off(Guid id, WebhooksApi webhooks, OfficeApi api, CancellationToken stop) =>
        await ShowWebhook.After(id, "off", await webhooks.Switch(id, false, stop), webhooks, api, stop);

    /// <summary>The new secret is shown on the page that answers, once.</summary>
    public static async Task<IResult> Rotate(Guid id, WebhooksApi webhooks, OfficeApi api, CancellationToken stop)
    {
        var answer = await webhooks.RotateSecret(id, stop);
        return answer is { Ok: true, Value: { } rotated }
            ? await ShowWebhook.Page(id, new(Secret: rotated.Secret, Done: "rotated"), webhooks, api, stop)
            : await ShowWebhook.After(id, "rotated", answer, webhooks, api, stop);
    }

    public static async Task<IResult> Redeliver(Guid id, Guid deliveryId, WebhooksApi webhooks, OfficeApi api, CancellationToken stop) =>
        await ShowWebhook.After(id, "again", await webhooks.Redeliver(id, deliveryId, stop), webhooks, api, stop);

    public static async Task<IResult> Delete(Guid id, WebhooksApi webhooks, OfficeApi api, CancellationToken stop)
    {
        var answer = await webhooks.Delete(id, stop);
        return answer.Ok ? Show.Next(Office.Path + "/webhooks?done=deleted") : await ShowWebhook.After(id, "", answer, webhooks, api, stop);
    }
}
