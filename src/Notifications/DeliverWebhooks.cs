using System.Diagnostics;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Sends what is due, each webhook in a lane of its own, so that one that is slow holds up no other:
/// <list type="number">
/// <item>a step looks which webhooks have something due, and starts a lane for each that has none;</item>
/// <item>a lane claims some deliveries and commits that before it sends them (P1), so that of several replicas one sends;</item>
/// <item>what came of each is written where the claim still stands (<see cref="SettleDelivery"/>), and the lane goes on until nothing is due.</item>
/// </list>
/// A crash between sending and writing leaves the claim to run out: then it is sent again under the same id.</summary>
public sealed class DeliverWebhooks(Database database, SendDelivery send, SettleDelivery settle, TimeProvider clock) : ILoop, IAsyncDisposable
{
    /// <summary>How many deliveries to one webhook a process has under way.</summary>
    private const int AtOnce = 8;

    /// <summary>Longer than a sending takes (15 s) and its outcome needs to be written.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LooksAgain = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Guid, Task> _lanes = [];

    /// <inheritdoc/>
    public string Name => "webhooks";

    /// <inheritdoc/>
    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        foreach (var (id, lane) in _lanes.Where(one => one.Value.IsCompleted).ToList())
        {
            _lanes.Remove(id);
            await lane; // a fault of it is told as this loop's
        }

        var due = await database.Query<Guid>("""
            SELECT id FROM webhooks WHERE status = 'on' AND EXISTS (
                SELECT 1 FROM webhook_deliveries WHERE webhook_id = webhooks.id AND status = 'waiting' AND next_attempt_at <= @now)
            """, new { now = clock.GetUtcNow() }, stop);
        foreach (var id in due.Where(id => !_lanes.ContainsKey(id))) _lanes[id] = Lane(id, stop);
        return LooksAgain;
    }

    /// <summary>Waits for what is under way; the service's end has cancelled it.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_lanes.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task Lane(Guid id, CancellationToken stop)
    {
        while (await Webhook.Find(database, id, stop: stop) is { IsOn: true } webhook && await Claim(id, stop) is { Count: > 0 } claimed)
            await Task.WhenAll(claimed.Select(delivery => Deliver(webhook, delivery, stop)));
    }

    private Task<List<Delivery>> Claim(Guid id, CancellationToken stop) => database.Write(async tx =>
    {
        var due = await tx.Query<Delivery>("""
            SELECT * FROM webhook_deliveries WHERE webhook_id = @id AND status = 'waiting' AND next_attempt_at <= @Now
            ORDER BY next_attempt_at, event_id LIMIT @AtOnce
            """ + tx.Lock, new { id, tx.Now, AtOnce });
        var claimed = due.ConvertAll(one => one with { Attempts = one.Attempts + 1, LeasedUntil = tx.Now + Lease, NextAttemptAt = tx.Now + Lease });
        foreach (var delivery in claimed) await Delivery.Save(tx, delivery);
        return claimed.ConvertAll(one => one with { Version = one.Version + 1 });
    }, stop);

    private async Task Deliver(Webhook webhook, Delivery claimed, CancellationToken stop)
    {
        using var span = Telemetry.Continue($"webhook {claimed.Type}", ActivityKind.Producer, claimed.Trace);
        var began = clock.GetTimestamp();
        try
        {
            var outcome = await send.Run(webhook, claimed, stop);
            await settle.Run(webhook, claimed, outcome, clock.GetElapsedTime(began));
        }
        catch (OperationCanceledException)
        {
            await settle.GiveBack(claimed); // whoever starts next need not wait for the claim to run out
            throw;
        }
    }
}
