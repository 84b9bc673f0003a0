namespace Stoa.Backoffice;

/// <summary>Registers a webhook. Its secret is shown on the page that answers, once, and is in no address and no cookie.</summary>
public static class RegisterWebhook
{
    public static async Task<IResult> Handle(IFormCollection form, WebhooksApi webhooks, OfficeApi api, CancellationToken stop)
    {
        var typed = new ShowWebhooks.Registration(form["url"].ToString().Trim(), [.. form["events"].OfType<string>()], form["secret"].ToString().Trim());
        return await webhooks.Register(typed.Url, typed.Events, typed.Secret.Length > 0 ? typed.Secret : null, stop) switch
        {
            { Ok: true, Value: { } made } => await ShowWebhook.Page(made.Id, new(Secret: made.Secret, Done: "registered"), webhooks, api, stop),
            ({ IsDown: true } or { Status: 401 }) and var down => throw new PartDownException("Registering", down.Status),
            var answer => await ShowWebhooks.Page(typed, false, answer.Refusal, webhooks, stop, answer.Status),
        };
    }
}
