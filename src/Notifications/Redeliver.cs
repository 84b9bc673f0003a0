using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Staff have a delivery sent again, at once and with its schedule from the start, whatever became of it before. One
/// that waits is only brought forward; one that is being sent at this moment is left alone.</summary>
public static class Redeliver
{
    public static Task<IResult> Handle(Guid id, Guid deliveryId, Database database, CancellationToken stop) => database.Write(async tx =>
    {
        if (await Webhook.Find(tx, id) is not { } webhook || await Find(tx, id, deliveryId) is not { } read) return (IResult)Problem.NotFound();
        if (!webhook.IsOn) return Problem.Of(409, "webhook_off", "This webhook is off. Switch it on first: then what waits is sent.");
        var again = read with { Status = Delivery.Waiting, Attempts = read.Status == Delivery.Waiting ? read.Attempts : 0, NextAttemptAt = tx.Now };
        if (read.LeasedUntil > tx.Now) again = read;
        else await Delivery.Save(tx, again);
        return Results.Accepted((string?)null, again.Show(await ListDeliveries.Attempts(tx, id, [deliveryId])));
    }, stop);

    private static Task<Delivery?> Find(Transaction tx, Guid id, Guid deliveryId) =>
        tx.Find<Delivery>("SELECT * FROM webhook_deliveries WHERE webhook_id = @id AND event_id = @deliveryId" + tx.Lock, new { id, deliveryId });
}
