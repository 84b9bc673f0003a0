using System.Diagnostics;
using Stoa.Contracts;

namespace Stoa.Kernel;

/// <summary>What a service does with another's events: a handler per type, run in the transaction that moves the position (E2).</summary>
public sealed class Subscription
{
    private readonly Dictionary<string, List<(int Version, Func<CloudEvent, Transaction, Task> Handle)>> _handlers = new(StringComparer.Ordinal);

    internal Subscription(string source, string purpose)
    {
        Source = source;
        Purpose = purpose;
    }

    /// <summary>The service whose log is read.</summary>
    public string Source { get; }

    /// <summary>What for; one service may read one log for several purposes, each with its own position.</summary>
    public string Purpose { get; }

    internal Func<Transaction, Task>? Reset { get; private set; }

    internal IEnumerable<string> Types => _handlers.Keys;

    /// <summary>Handles one type and version. The handler awaits nothing but the transaction (S3), and its effect is also
    /// unique by a business key, so that a log that is read again changes nothing (E5).</summary>
    public Subscription On<T>(Func<T, Transaction, Task> handle) where T : IEvent => On<T>((happened, _, tx) => handle(happened, tx));

    /// <summary>The same for a handler that passes the event on, and so needs to name it.</summary>
    public Subscription On<T>(Func<T, EventName, Transaction, Task> handle) where T : IEvent
    {
        if (!_handlers.TryGetValue(T.Type, out var versions)) _handlers[T.Type] = versions = [];
        versions.Add((T.Version, (happened, tx) => handle(Read<T>(happened), new EventName(happened.Id, happened.Time, happened.TraceParent), tx)));
        return this;
    }

    /// <summary>For a log of state alone: when the log has diverged (a restore), it is read again from its start after
    /// this deleted the copy (E4).</summary>
    public Subscription ReadAgainAfter(Func<Transaction, Task> deleteCopy)
    {
        Reset = deleteCopy;
        return this;
    }

    /// <returns>Whether the type is one that this subscription handles.</returns>
    /// <exception cref="UnknownVersionException">It is, but not in this version (E7): the event is parked.</exception>
    internal async Task Apply(CloudEvent happened, Transaction tx)
    {
        if (!_handlers.TryGetValue(happened.Type, out var versions)) return;
        foreach (var (version, handle) in versions)
        {
            if (version != happened.DataVersion) continue;
            using var span = Telemetry.Continue($"{Purpose} takes {happened.Type}", ActivityKind.Consumer, happened.TraceParent);
            await handle(happened, tx);
            return;
        }

        throw new UnknownVersionException(happened.Type, happened.DataVersion);
    }

    private static T Read<T>(CloudEvent happened) =>
        System.Text.Json.JsonSerializer.Deserialize<T>(happened.Data, Json.Options)
        ?? throw new System.Text.Json.JsonException($"{happened.Type} {happened.Id} has no data");
}

/// <summary>Which event it is, and since when: the same however often its log is read.</summary>
/// <param name="Id">The event's id; no other event of any service has it.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Trace">In which trace, as a W3C traceparent; null when it was in none.</param>
public sealed record EventName(Guid Id, DateTimeOffset Time, string? Trace);

internal sealed class UnknownVersionException(string type, int version) : Exception($"version {version} of {type} is not known here");
