using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Staff have a delivery sent again, at once and with its schedule from the start, whatever became of it before. One
/// that waits is only brought forward; one that is being sent at this moment is left alone.</summary>
public static class Redeliver
{
    public static Task<IResult> Handle(Guid id, Guid deliveryId, Buyer staff, Entropy entropy, Database database, CancellationToken stop)
    {
        var who = (entropy.NewId(), staff.Id);
        return database.Write(tx => Again(tx, id, deliveryId, who), stop);
    }

    private static async Task<IResult> Again(Transaction tx, Guid id, Guid deliveryId, (Guid, Guid) who)
    {
        if (await Webhook.Find(tx, id) is not { } webhook || await Find(tx, id, deliveryId) is not { } read) return Problem.NotFound();
        if (!webhook.IsOn) return Problem.Of(409, "webhook_off", "This webhook is off. Switch it on first: then what waits is sent.");
        var again = read with { Status = Delivery.Waiting, Attempts = read.Status == Delivery.Waiting ? read.Attempts : 0, NextAttemptAt = tx.Now };
        if (read.LeasedUntil > tx.Now) again = read;
        else await Save(tx, read, again, who);
        return Results.Accepted((string?)null, again.Show(await ListDeliveries.Attempts(tx, id, [deliveryId])));
    }

    private static async Task Save(Transaction tx, Delivery read, Delivery again, (Guid, Guid) who)
    {
        await Delivery.Save(tx, again);
        await StaffActions.Record(tx, who, read.WebhookId, "redeliver",
            new { read.Status, read.Attempts }, new { Delivery = read.EventId, again.Status, again.Attempts });
    }

    private static Task<Delivery?> Find(Transaction tx, Guid id, Guid deliveryId) =>
        tx.Find<Delivery>("SELECT * FROM webhook_deliveries WHERE webhook_id = @id AND event_id = @deliveryId" + tx.Lock, new { id, deliveryId });
}
