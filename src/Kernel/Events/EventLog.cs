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
    private const int MostCompacted = 1000;
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
        var until = _clock.GetTimestamp();
        var longest = TimeSpan.FromSeconds(Math.Clamp(wait, 0, (int)LongestWait.TotalSeconds));
        while (true)
        {
            var woken = _woken.Task; // before the look, so that no commit falls between
            var page = await ReadPage(database, after, epoch, last, stop);
            if (page is null) return Problem.Of(409, "log_diverged", "This log does not hold that event at that position.", new { epoch = _epoch });
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

    /// <returns>Null when this log does not hold the event on which the reader stands (E4).</returns>
    private async Task<FeedPage?> ReadPage(Database database, long after, Guid? epoch, Guid? last, CancellationToken stop)
    {
        var rows = await database.Query<LoggedEvent>("""
            SELECT position, id, type, version, subject, time, data, trace FROM event_log
            WHERE position >= @after AND (data IS NOT NULL OR position = @after) ORDER BY position LIMIT @most
            """, new { after, most = MostInAPage + 1 }, stop);
        var stands = rows.Count > 0 && rows[0].Position == after ? rows[0] : null;
        if (after > 0 && epoch is not null && (epoch != _epoch || stands is null || stands.Id != last)) return null; // a new subscription knows nothing yet
        var found = rows.Skip(stands is null ? 0 : 1).Take(MostInAPage).ToArray();
        if (found.Length == 0) return new FeedPage(_epoch, AtHead: true, []);

        var predecessor = stands?.Data is null ? await Before(database, found[0].Position, stop) : after;
        var events = new FeedEntry[found.Length];
        for (var i = 0; i < found.Length; i++)
        {
            events[i] = new FeedEntry(found[i].Position, predecessor, CloudEvent.Of(found[i], _source));
            predecessor = found[i].Position;
        }

        return new FeedPage(_epoch, found.Length < MostInAPage, events);
    }

    private static async Task<long> Before(Database database, long first, CancellationToken stop) => await database.Scalar<long?>(
        "SELECT MAX(position) FROM event_log WHERE position < @first AND data IS NOT NULL", new { first }, stop) ?? 0;

    /// <summary>Forgets the data of events that a later one of the same subject replaces; their places stay. A step takes the
    /// next thousand events that no step has seen yet: only these can replace others, so that its cost is theirs, and not
    /// that of a log which holds a million subjects.</summary>
    /// <returns>Whether there is more to do.</returns>
    internal static Task<bool> Compact(Database database, CancellationToken stop) => database.Write(async tx =>
    {
        var (from, head) = await tx.Find<(long, long)>("""
            SELECT compacted, (SELECT COALESCE(MAX(position), 0) FROM event_log) FROM event_log_epoch WHERE one = 1
            """ + tx.Lock);
        var to = Math.Min(head, from + MostCompacted);
        if (to == from) return false;
        await tx.Execute("""
            UPDATE event_log SET data = NULL WHERE position IN (
                SELECT older.position
                FROM (SELECT subject, MAX(position) AS position FROM event_log WHERE position > @from AND position <= @to GROUP BY subject) AS latest
                JOIN event_log older ON older.subject = latest.subject AND older.position < latest.position AND older.data IS NOT NULL)
            """, new { from, to });
        await tx.Execute("UPDATE event_log_epoch SET compacted = @to WHERE one = 1", new { to });
        return to < head;
    }, stop);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

internal sealed record PendingEvent(
    Guid Id, string Type, int Version, string Subject, DateTimeOffset Time, string Data, string? Trace);

internal sealed record LoggedEvent(
    long Position, Guid Id, string Type, int Version, string Subject, DateTimeOffset Time, string? Data, string? Trace);
