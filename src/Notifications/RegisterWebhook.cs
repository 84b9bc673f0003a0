using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Staff name an address that is told of events from now on. Its secret is in this answer and never told again.</summary>
public static class RegisterWebhook
{
    private const int Most = 20;

    public sealed record Request(string? Url, string[]? Events, string? Secret);

    public static async Task<IResult> Handle(Request request, Buyer staff, Language language, WebhookTargets targets, WebhookSecrets secrets, Entropy entropy,
        Database database, CancellationToken stop)
    {
        if (await Check(request, targets, stop) is { } problem) return problem;
        var secret = request.Secret is { } given ? WebhookSignature.Read(given)! : secrets.Make();
        var id = entropy.NewId();
        var made = await database.Write(tx => Add(tx, id, request, secrets.Seal(id, secret), staff.Id, language), stop);
        return made is null
            ? Problem.Of(409, "too_many_webhooks", $"There are {Most} webhooks already. Delete one first.")
            : Results.Created($"/api/webhooks/{id}", made.Show(WebhookSignature.Write(secret)));
    }

    private static async Task<Webhook?> Add(Transaction tx, Guid id, Request request, string secret, Guid staffId, Language language)
    {
        await tx.LockName("webhooks");
        if (await tx.Scalar<long>("SELECT COUNT(*) FROM webhooks WHERE status <> 'deleted'") >= Most) return null;
        var made = new Webhook
        {
            Id = id,
            Url = request.Url!,
            Events = string.Join(' ', request.Events!),
            Status = Webhook.On,
            Secret = secret,
            TellsSince = tx.Now,
            CreatedAt = tx.Now,
            CreatedBy = staffId,
            Language = language.Code,
            Version = 1,
        };
        await tx.Execute("""
            INSERT INTO webhooks (id, url, events, status, secret, tells_since, created_at, created_by, language, version)
            VALUES (@Id, @Url, @Events, @Status, @Secret, @TellsSince, @CreatedAt, @CreatedBy, @Language, @Version)
            """, made);
        return await Webhook.Save(tx, null, made, "register", staffId);
    }

    private static async Task<IResult?> Check(Request request, WebhookTargets targets, CancellationToken stop)
    {
        var fault = await targets.Fault(request.Url, stop);
        return new Validation().Require(fault is null, "url", fault ?? "").Events(request.Events).Secret(request.Secret).Problem;
    }

    /// <summary>At least one type that we tell, none twice.</summary>
    internal static Validation Events(this Validation validation, string[]? events) => validation.Require(
        events is { Length: > 0 } && events.Distinct().Count() == events.Length && events.All(NoteDeliveries.Types.Contains),
        "events", "must name, each once, one or more of " + string.Join(", ", NoteDeliveries.Types));

    /// <summary>May be missing: then one is made.</summary>
    internal static Validation Secret(this Validation validation, string? secret) => validation.Require(
        secret is null || WebhookSignature.Read(secret) is not null, "secret", "must be whsec_ and the base64 of 24 to 64 bytes");
}
