using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>All webhooks, and a form to register one.</summary>
public static class ShowWebhooks
{
    public static Task<IResult> Handle(string? done, WebhooksApi api, CancellationToken stop) => Page(new Registration("", [], ""), done is not null, null, api, stop);

    /// <param name="typed">What the page's form held.</param>
    /// <param name="deleted">One was deleted just now.</param>
    /// <param name="refused">Why a registration was not done.</param>
    /// <param name="status">The refusal's.</param>
    public static async Task<IResult> Page(Registration typed, bool deleted, Refusal? refused, WebhooksApi api, CancellationToken stop, int status = 200)
    {
        var (webhooks, types) = (api.List(stop), api.Types(stop));
        await Task.WhenAll(webhooks, types);
        return Show.Page<WebhooksPage>(new
        {
            Webhooks = (await webhooks).Needed("The list of webhooks").Items,
            Types = (await types).Needed("The list of webhooks").Items,
            Typed = typed,
            Deleted = deleted,
            Refused = refused,
        }, status);
    }

    public sealed record Registration(string Url, string[] Events, string Secret);
}
