using System.Text.Json.Serialization;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>An address that is told of events.</summary>
public sealed record Webhook
{
    public const string On = "on";
    public const string Off = "off";
    /// <summary>Gone for everybody; the row stays until its deliveries are removed.</summary>
    public const string Deleted = "deleted";

    public required Guid Id { get; init; }
    public required string Url { get; init; }
    public required string Events { get; init; }
    public required string Status { get; init; }

    /// <summary>Why it is off: <c>staff</c>, <c>failing</c> or <c>gone</c>.</summary>
    public string? OffReason { get; init; }
    public required string Secret { get; init; }
    public string? PreviousSecret { get; init; }
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>What happened before is not told.</summary>
    public required DateTimeOffset TellsSince { get; init; }

    /// <summary>No delivery has arrived since.</summary>
    public DateTimeOffset? FailingSince { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required Guid CreatedBy { get; init; }

    /// <summary>In which language it was registered: in that one whoever did is written to.</summary>
    public required string Language { get; init; }
    public required long Version { get; init; }

    public bool IsOn => Status == On;

    /// <summary>Whether it wants events of the type.</summary>
    public bool Wants(string type) => Events.Split(' ').Contains(type, StringComparer.Ordinal);

    /// <summary>As staff see it; its secret is told once, when it is made.</summary>
    public View Show(string? secret = null) =>
        new(Id, Url, Events.Split(' '), IsOn, OffReason, FailingSince, PreviousSecretUntil, CreatedAt, CreatedBy, secret);

    /// <summary>What a change is recorded by: nothing of it is secret.</summary>
    public string Facts() => Json.Write(new { Url, Events = Events.Split(' '), Status, OffReason });

    public static Task<Webhook?> Find(Sql sql, Guid id, string andLock = "", CancellationToken stop = default) =>
        sql.Find<Webhook>("SELECT * FROM webhooks WHERE id = @id AND status <> 'deleted'" + andLock, new { id }, stop);

    /// <summary>Writes what was read and changed, and who changed it.</summary>
    /// <param name="tx">Where.</param>
    /// <param name="read">As it was read; null for a new one, which is in its table already.</param>
    /// <param name="changed">As it is to be.</param>
    /// <param name="action">What was done.</param>
    /// <param name="actor">By whom; null when nobody did.</param>
    /// <returns>As it was written: the version is one more.</returns>
    public static async Task<Webhook> Save(Transaction tx, Webhook? read, Webhook changed, string action, Guid? actor)
    {
        ArgumentNullException.ThrowIfNull(tx);
        ArgumentNullException.ThrowIfNull(changed);
        var written = changed with { Version = (read?.Version ?? 0) + 1 };
        if (read is not null) await tx.Expect("the webhook", Update, written with { Version = read.Version });
        await tx.Execute("""
            INSERT INTO webhook_history (webhook_id, version, at, actor_id, action, before, after)
            VALUES (@Id, @Version, @Now, @actor, @action, @before, @after)
            """, new { written.Id, written.Version, tx.Now, actor, action, before = read?.Facts(), after = written.Facts() });
        return written;
    }

    private const string Update = """
        UPDATE webhooks SET version = version + 1, url = @Url, events = @Events, status = @Status, off_reason = @OffReason, secret = @Secret,
            previous_secret = @PreviousSecret, previous_secret_until = @PreviousSecretUntil, tells_since = @TellsSince, failing_since = @FailingSince
        WHERE id = @Id AND version = @Version
        """;

    /// <summary>A webhook in the public API.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Url">Where it goes.</param>
    /// <param name="Events">The types that it wants.</param>
    /// <param name="Enabled">Whether it is on.</param>
    /// <param name="OffReason">Why it is off: <c>staff</c>, <c>failing</c> or <c>gone</c>.</param>
    /// <param name="FailingSince">Since when nothing has arrived; null when the last delivery did, or none was tried.</param>
    /// <param name="PreviousSecretUntil">Until when the previous secret signs too.</param>
    /// <param name="CreatedAt">When it was registered.</param>
    /// <param name="CreatedBy">By whom.</param>
    /// <param name="Secret">What signs from now on; in the answer that made it, and never again.</param>
    public sealed record View(
        Guid Id, string Url, string[] Events, bool Enabled, string? OffReason, DateTimeOffset? FailingSince, DateTimeOffset? PreviousSecretUntil,
        DateTimeOffset CreatedAt, Guid CreatedBy, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Secret);
}
