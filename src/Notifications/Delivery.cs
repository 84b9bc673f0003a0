using System.Text.Json;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>An event on its way to a webhook: <c>waiting → delivered | failed</c>, and back when it is to be sent again.</summary>
public sealed record Delivery
{
    public const string Waiting = "waiting";
    public const string Delivered = "delivered";
    public const string Failed = "failed";

    public required Guid WebhookId { get; init; }
    public required Guid EventId { get; init; }
    public required string Type { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required string Status { get; init; }

    /// <summary>How often it was tried since it began to wait.</summary>
    public required int Attempts { get; init; }
    public required DateTimeOffset NextAttemptAt { get; init; }

    /// <summary>Until then somebody has it in hand.</summary>
    public DateTimeOffset? LeasedUntil { get; init; }
    public required long Version { get; init; }

    /// <summary>The trace that it belongs to.</summary>
    public string? Trace { get; init; }

    /// <summary>Writes what was read and changed.</summary>
    /// <exception cref="OvertakenException">Somebody else wrote it meanwhile (P1).</exception>
    public static Task Save(Transaction tx, Delivery changed)
    {
        ArgumentNullException.ThrowIfNull(tx);
        return tx.Expect("the delivery", Update, changed);
    }

    /// <summary>The same where that is no fault.</summary>
    /// <returns>Whether it was written.</returns>
    public static async Task<bool> MaySave(Transaction tx, Delivery changed)
    {
        ArgumentNullException.ThrowIfNull(tx);
        return await tx.Execute(Update, changed) == 1;
    }

    private const string Update = """
        UPDATE webhook_deliveries SET status = @Status, attempts = @Attempts, next_attempt_at = @NextAttemptAt, leased_until = @LeasedUntil, version = version + 1
        WHERE webhook_id = @WebhookId AND event_id = @EventId AND version = @Version
        """;

    /// <summary>As staff see it.</summary>
    public View Show(IEnumerable<Attempt> attempts) => new(
        EventId, Type, Status, OccurredAt, Status == Waiting ? NextAttemptAt : null, Json.Read<JsonElement>(Body),
        [.. attempts.Where(one => one.EventId == EventId).Select(one => new AttemptView(one.At, one.Milliseconds, one.StatusCode, one.Fault))]);

    /// <param name="WebhookId">Where to.</param>
    /// <param name="EventId">Of what.</param>
    /// <param name="At">When it ended.</param>
    /// <param name="Milliseconds">How long it took.</param>
    /// <param name="StatusCode">What was answered.</param>
    /// <param name="Fault">Why nothing was.</param>
    public sealed record Attempt(Guid WebhookId, Guid EventId, DateTimeOffset At, long Milliseconds, int? StatusCode, string? Fault);

    /// <summary>A delivery in the public API.</summary>
    /// <param name="Id">The event's id, which is also the header <c>webhook-id</c>.</param>
    /// <param name="Type">The event's type.</param>
    /// <param name="Status"><c>waiting</c>, <c>delivered</c> or <c>failed</c>.</param>
    /// <param name="OccurredAt">When it happened.</param>
    /// <param name="NextAttemptAt">When it is tried next; null when it is not.</param>
    /// <param name="Payload">The body.</param>
    /// <param name="Attempts">What was tried, oldest first.</param>
    public sealed record View(Guid Id, string Type, string Status, DateTimeOffset OccurredAt, DateTimeOffset? NextAttemptAt, JsonElement Payload, AttemptView[] Attempts);

    /// <summary>A try in the public API.</summary>
    /// <param name="At">When it ended.</param>
    /// <param name="Milliseconds">How long it took.</param>
    /// <param name="StatusCode">The HTTP status that was answered; null when nothing was.</param>
    /// <param name="Fault">Why nothing was: <c>timed_out</c>, <c>connection_failed</c>, <c>tls_failed</c>, <c>address_refused</c>,
    /// <c>answer_unreadable</c> or <c>secret_unreadable</c>.</param>
    public sealed record AttemptView(DateTimeOffset At, long Milliseconds, int? StatusCode, string? Fault);
}
