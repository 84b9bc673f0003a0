using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Staff give a webhook a new secret. For a day the one before signs beside it, so that its receiver can change over
/// without losing anything; a secret before that one signs no more.</summary>
public static class RotateWebhookSecret
{
    private static readonly TimeSpan BothSignFor = TimeSpan.FromDays(1);

    public sealed record Request(string? Secret);

    public static async Task<IResult> Handle(Guid id, Request request, Buyer staff, WebhookSecrets secrets, Database database, CancellationToken stop)
    {
        if (new Validation().Secret(request.Secret).Problem is { } problem) return problem;
        var secret = request.Secret is { } given ? WebhookSignature.Read(given)! : secrets.Make();
        var sealedSecret = secrets.Seal(id, secret);
        return await database.Write(async tx =>
        {
            if (await Webhook.Find(tx, id, tx.Lock) is not { } read) return Problem.NotFound();
            var rotated = read with { Secret = sealedSecret, PreviousSecret = read.Secret, PreviousSecretUntil = tx.Now + BothSignFor };
            return Results.Ok((await Webhook.Save(tx, read, rotated, "rotate_secret", staff.Id)).Show(WebhookSignature.Write(secret)));
        }, stop);
    }
}
