using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Stoa.Contracts;

namespace Stoa.Kernel;

/// <summary>The log of what happened in this service: appended in the transaction that changes state (E1), read by
/// others from any position, long-polling (E3, E4).</summary>
public sealed class EventLog
{
    internal const string Insert = """
        INSERT INTO event_log (id, type, version, subject, time, data, trace)
        VALUES (@Id, @Type, @Version, @Subject, @Time, @Data, @Trace)
        """;

    internal const int MostInAPage = 500;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly Entropy _entropy;
    private readonly TimeProvider _clock;
    private readonly string _source;
    private volatile TaskCompletionSource _woken = NewSignal();
    private volatile TaskCompletionSource _committed = NewSignal();
    private Guid _epoch;

    internal EventLog(string service, Entropy entropy, TimeProvider clock)
    {
        _source = "/" + service;
        _entropy = entropy;
        _clock = clock;
    }

    /// <summary>Whether to keep only the latest event of each subject (a log of state, E7).</summary>
    public bool HoldsState { get; internal set; }

    internal PendingEvent Prepare<T>(T happened, DateTimeOffset now) where T : IEvent => new(
        _entropy.NewId(), T.Type, T.Version, happened.About(), now, Json.Write(happened), Activity.Current?.Id);

    /// <summary>The log has grown: polls look again.</summary>
    internal void Wake() => Interlocked.Exchange(ref _woken, NewSignal()).TrySetResult();

    /// <summary>This process committed events that have no position yet.</summary>
    internal void Committed() => Interlocked.Exchange(ref _committed, NewSignal()).TrySetResult();

    /// <summary>Ends at the next such commit.</summary>
    internal Task NextCommit() => _committed.Task;

    internal async Task Start(Database database)
    {
        var fresh = _entropy.NewId();
        _epoch = await database.Write(async tx =>
        {
            await tx.Execute("INSERT INTO event_log_epoch (one, epoch) VALUES (1, @fresh) ON CONFLICT DO NOTHING", new { fresh });
            return await tx.Scalar<Guid>("SELECT epoch FROM event_log_epoch WHERE one = 1");
        });
    }

    /// <summary><c>GET /internal/events?after&amp;epoch&amp;last&amp;wait</c>: the events after a position.</summary>
    internal async Task<IResult> Feed(Database database, long after, Guid? epoch, Guid? last, int wait, CancellationToken stop)
    {
        if (await Diverges(database, after, epoch, last, stop))
        {
            return Problem.Of(409, "log_diverged", "This log does not hold that event at that position.", new { epoch = _epoch });
        }

        var until = _clock.GetTimestamp();
        var longest = TimeSpan.FromSeconds(Math.Clamp(wait, 0, (int)LongestWait.TotalSeconds));
        while (true)
        {
            var woken = _woken.Task; // before the look, so that no commit falls between
            var page = await ReadPage(database, after, stop);
            var left = longest - _clock.GetElapsedTime(until);
            if (page.Events.Length > 0 || left <= TimeSpan.Zero || stop.IsCancellationRequested) return Results.Json(page, Json.Options);
            await Wait(woken, left, stop);
        }
    }

    private async Task Wait(Task woken, TimeSpan longest, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var late = Task.Delay(longest, _clock, over.Token);
        await Task.WhenAny(woken, late);
        await over.CancelAsync();
    }

    private async Task<bool> Diverges(Database database, long after, Guid? epoch, Guid? last, CancellationToken stop)
    {
        if (epoch is null || after == 0) return false; // a new subscription knows nothing yet
        if (epoch != _epoch) return true;
        var held = await database.Find<Guid?>("SELECT id FROM event_log WHERE position = @after", new { after }, stop);
        return held is null || held != last;
    }

    private async Task<FeedPage> ReadPage(Database database, long after, CancellationToken stop)
    {
        var rows = await database.Query<LoggedEvent>("""
            SELECT position, id, type, version, subject, time, data, trace FROM event_log
            WHERE position > @after AND data IS NOT NULL ORDER BY position LIMIT @MostInAPage
            """, new { after, MostInAPage }, stop);
        if (rows.Count == 0) return new FeedPage(_epoch, AtHead: true, []);
        var predecessor = await database.Scalar<long?>(
            "SELECT MAX(position) FROM event_log WHERE position < @first AND data IS NOT NULL", new { first = rows[0].Position }, stop) ?? 0;
        var events = new FeedEntry[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            events[i] = new FeedEntry(rows[i].Position, predecessor, CloudEvent.Of(rows[i], _source));
            predecessor = rows[i].Position;
        }

        return new FeedPage(_epoch, rows.Count < MostInAPage, events);
    }

    /// <summary>Forgets the data of events that a later one of the same subject replaces; their places stay.</summary>
    /// <returns>How many were forgotten.</returns>
    internal static Task<int> Compact(Database database, CancellationToken stop) => database.Write(tx => tx.Execute("""
        UPDATE event_log SET data = NULL WHERE data IS NOT NULL AND position IN (
            SELECT older.position FROM event_log older
            WHERE older.data IS NOT NULL AND EXISTS (
                SELECT 1 FROM event_log newer WHERE newer.subject = older.subject AND newer.position > older.position)
            ORDER BY older.position LIMIT 1000)
        """), stop);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

internal sealed record PendingEvent(
    Guid Id, string Type, int Version, string Subject, DateTimeOffset Time, string Data, string? Trace);

internal sealed record LoggedEvent(
    long Position, Guid Id, string Type, int Version, string Subject, DateTimeOffset Time, string Data, string? Trace);
