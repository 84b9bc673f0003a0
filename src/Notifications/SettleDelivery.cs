using Microsoft.Extensions.Logging;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Writes what came of a try, in one transaction: the delivery's state, the log's line, and how the webhook does. One
/// at which nothing has arrived for days, or that answers that it is gone, is switched off, and whoever registered it is told.</summary>
public sealed partial class SettleDelivery(Database database, Entropy entropy, ILogger<SettleDelivery> log)
{
    private static readonly TimeSpan SwitchedOffAfter = TimeSpan.FromDays(3);

    public Task Run(Webhook webhook, Delivery claimed, Outcome outcome, TimeSpan took)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        ArgumentNullException.ThrowIfNull(claimed);
        ArgumentNullException.ThrowIfNull(outcome);
        var (chance, notice) = (entropy.Fraction(), entropy.NewId());
        return database.Write(async tx =>
        {
            // The claim ran out and somebody else has it, or it is deleted: what they find is what counts.
            if (!await Delivery.MaySave(tx, After(claimed, outcome, chance, tx.Now))) return;
            await Log(tx, claimed, outcome, took);
            if (outcome.Arrived) await tx.Execute("UPDATE webhooks SET failing_since = NULL WHERE id = @Id AND failing_since IS NOT NULL", new { webhook.Id });
            else await Fail(tx, webhook, outcome, notice);
        });
    }

    /// <summary>A try that the service's end broke off: the next one is due at once.</summary>
    public Task GiveBack(Delivery claimed)
    {
        ArgumentNullException.ThrowIfNull(claimed);
        return database.Write(tx => Delivery.MaySave(tx, claimed with { Attempts = claimed.Attempts - 1, NextAttemptAt = tx.Now, LeasedUntil = null }));
    }

    private static Delivery After(Delivery claimed, Outcome outcome, double chance, DateTimeOffset now)
    {
        if (outcome.Arrived) return claimed with { Status = Delivery.Delivered, LeasedUntil = null };
        return DeliverySchedule.Wait(claimed.Attempts, outcome, chance) is { } wait
            ? claimed with { NextAttemptAt = now + wait, LeasedUntil = null }
            : claimed with { Status = Delivery.Failed, LeasedUntil = null };
    }

    private static Task Log(Transaction tx, Delivery claimed, Outcome outcome, TimeSpan took) => tx.Execute("""
        INSERT INTO webhook_attempts (webhook_id, event_id, version, at, milliseconds, status_code, fault)
        VALUES (@WebhookId, @EventId, @Version, @Now, @milliseconds, @StatusCode, @Fault)
        """, new { claimed.WebhookId, claimed.EventId, claimed.Version, tx.Now, milliseconds = (long)took.TotalMilliseconds, outcome.StatusCode, outcome.Fault });

    private async Task Fail(Transaction tx, Webhook webhook, Outcome outcome, Guid notice)
    {
        if (outcome.Gone || webhook.FailingSince + SwitchedOffAfter <= tx.Now) await SwitchOff(tx, webhook.Id, outcome.Gone, notice);
        else if (webhook.FailingSince is null) await tx.Execute("UPDATE webhooks SET failing_since = @Now WHERE id = @Id AND failing_since IS NULL", new { tx.Now, webhook.Id });
    }

    private async Task SwitchOff(Transaction tx, Guid id, bool gone, Guid notice)
    {
        var read = await Webhook.Find(tx, id, tx.Lock);
        if (read is not { IsOn: true } || !(gone || read.FailingSince + SwitchedOffAfter <= tx.Now)) return; // somebody was faster, or something arrived
        var off = await Webhook.Save(tx, read, read with { Status = Webhook.Off, OffReason = gone ? "gone" : "failing" }, "switch_off", actor: null);
        await QueueMessages.Note(tx, trace: null, notice, QueueMessages.WebhookOff, Json.Write(WebhookOff.Of(off)));
        tx.OnCommitted(() =>
        {
            Telemetry.Alerts.Add(1, new KeyValuePair<string, object?>("kind", "webhook_switched_off"));
            LogSwitchedOff(log, id, off.OffReason!);
        });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "webhook {WebhookId} is switched off: {Reason}")]
    private static partial void LogSwitchedOff(ILogger log, Guid webhookId, string reason);
}
