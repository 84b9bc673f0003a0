using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Staff change where a webhook goes or what it wants, switch it off, or on again: then it is told of what happens
/// from then on, and what still waited when it went off is sent.</summary>
public static class ChangeWebhook
{
    public sealed record Request(string? Url, string[]? Events, bool? Enabled);

    public static async Task<IResult> Handle(Guid id, Request request, Buyer staff, WebhookTargets targets, Database database, CancellationToken stop)
    {
        if (await Check(request, targets, stop) is { } problem) return problem;
        return await database.Write(async tx =>
        {
            if (await Webhook.Find(tx, id, tx.Lock) is not { } read) return Problem.NotFound();
            var changed = Apply(read, request, tx.Now);
            return Results.Ok((changed == read ? read : await Webhook.Save(tx, read, changed, "change", staff.Id)).Show());
        }, stop);
    }

    private static Webhook Apply(Webhook read, Request request, DateTimeOffset now)
    {
        var changed = read with { Url = request.Url ?? read.Url, Events = request.Events is { } events ? string.Join(' ', events) : read.Events };
        return (request.Enabled ?? read.IsOn) == read.IsOn ? changed
            : read.IsOn ? changed with { Status = Webhook.Off, OffReason = "staff" }
            : changed with { Status = Webhook.On, OffReason = null, TellsSince = now, FailingSince = null };
    }

    private static async Task<IResult?> Check(Request request, WebhookTargets targets, CancellationToken stop)
    {
        var fault = request.Url is { } url ? await targets.Fault(url, stop) : null;
        var validation = new Validation().Require(fault is null, "url", fault ?? "");
        return (request.Events is null ? validation : validation.Events(request.Events)).Problem;
    }
}
