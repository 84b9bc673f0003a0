using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Staff delete a webhook: nothing is sent there any more, and its secrets are gone.</summary>
public static class DeleteWebhook
{
    public static Task<IResult> Handle(Guid id, Buyer staff, Database database, CancellationToken stop) => database.Write(async tx =>
    {
        if (await Webhook.Find(tx, id, tx.Lock) is not { } read) return (IResult)Problem.NotFound();
        var gone = read with { Status = Webhook.Deleted, Secret = "", PreviousSecret = null, PreviousSecretUntil = null };
        await Webhook.Save(tx, read, gone, "delete", staff.Id);
        return Results.NoContent();
    }, stop);
}
