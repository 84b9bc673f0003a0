using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Stoa.Kernel;

/// <summary>Reads one subscription's source and applies what it finds, exactly once (E2):
/// <list type="number">
/// <item>ask the source for what follows our position, naming the event we stand on (E4), and wait there for a commit;</item>
/// <item>apply the whole page in one transaction that also moves the position; if that fails, each event in its own;</item>
/// <item>what was at the head is left alone for a moment: under load the next page then holds many events, and each costs less;</item>
/// <item>an event that keeps failing is parked with those of its subject behind it (E6), and the position moves on;</item>
/// <item>a source or a database that is away only makes us wait.</item>
/// </list></summary>
internal sealed partial class SubscriptionReader(
    Subscription subscription, Database database, ServiceCaller source, Entropy entropy, TimeProvider clock,
    ILogger<SubscriptionReader> log, bool waits) : ILoop
{
    private const int MostTries = 5;
    private const int WaitSeconds = 25;
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DivergedLookAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(10);

    private Place? _place;
    private int _failures;
    private TimeSpan _age;
    private DateTimeOffset? _blindSince;

    public string Name => $"{subscription.Source}/{subscription.Purpose}";

    public Subscription Subscription => subscription;

    /// <summary>Whether the copy that this subscription keeps has once been as new as its source (C1).</summary>
    public bool ReachedHead { get; private set; }

    public bool Diverged { get; private set; }

    public long Position => _place?.Position ?? 0;

    /// <summary>For how long something may have waited to be read: while the source or our database is away, since then; while the
    /// source is silent, since it was asked; while there is more to read, the age of the newest event applied; zero when the source
    /// had nothing more.</summary>
    public TimeSpan Lag => _blindSince is { } since ? clock.GetUtcNow() - since : _age;

    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        var asked = clock.GetUtcNow();
        try
        {
            _place ??= await Load();
            ReachedHead = _place.ReachedHead;
            var more = await ReadOnce(_place, stop);
            (_failures, _blindSince) = (0, null);
            return more;
        }
        catch (Exception fault) when (fault is UnavailableException or OvertakenException)
        {
            _place = null; // another replica may have moved it (E2)
            _failures++;
            _blindSince ??= clock.GetUtcNow() - asked > TimeSpan.FromSeconds(WaitSeconds) ? asked : clock.GetUtcNow();
            return entropy.BackOff(_failures, FirstBackOff, LongestBackOff);
        }
    }

    internal Task<Place> Load() => database.Write(async tx =>
    {
        var key = new { subscription.Source, subscription.Purpose };
        await tx.Execute("""
            INSERT INTO subscriptions (source, purpose, position, reached_head) VALUES (@Source, @Purpose, 0, FALSE)
            ON CONFLICT DO NOTHING
            """, key);
        return (await tx.Find<Place>("""
            SELECT epoch, position, last_event_id, reached_head FROM subscriptions WHERE source = @Source AND purpose = @Purpose
            """, key))!;
    });

    private async Task<TimeSpan> ReadOnce(Place place, CancellationToken stop)
    {
        var wait = waits && place.ReachedHead && _blindSince is null ? WaitSeconds : 0; // whether that is the head is worth an answer at once (C1)
        var path = $"internal/events?after={place.Position}&wait={wait}"
            + (place.Epoch is { } epoch && place.LastEventId is { } last ? $"&epoch={epoch}&last={last}" : "");
        var answer = await source.Get<FeedPage>(path, stop, TimeSpan.FromSeconds(wait + 5));
        if (answer.Code == "log_diverged") return await StartAgainOrStop();
        if (answer.Value is not { } page) throw new UnavailableException(subscription.Source);
        Diverged = false;
        if (page.Events.Length > 0) await Take(place, page, stop);
        else _age = TimeSpan.Zero;
        if (page.AtHead) await NoteHead();
        if (!waits) return page.Events.Length > 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(100);
        return page.Events.Length > 0 && page.AtHead ? Gather : TimeSpan.Zero;
    }

    private async Task Take(Place place, FeedPage page, CancellationToken stop)
    {
        if (page.Events[0].Predecessor > place.Position) throw new UnavailableException($"{subscription.Source}: a gap in its feed");
        using var activity = Telemetry.Source.StartActivity($"{subscription.Purpose} reads {subscription.Source}", ActivityKind.Consumer,
            ActivityContext.TryParse(page.Events[^1].Event.TraceParent, null, isRemote: true, out var parent) ? parent : default);
        try
        {
            await database.Write(tx => ApplyAll(tx, place, page, page.Events), stop);
            _place = After(place, page, page.Events[^1]);
        }
        catch (Exception fault) when (fault is not UnavailableException and not OvertakenException and not OperationCanceledException)
        {
            LogPageFailed(log, fault, Name, page.Events.Length);
            foreach (var entry in page.Events) await TakeOne(_place!, page, entry, stop);
        }

        Telemetry.EventDelay.Record((clock.GetUtcNow() - page.Events[0].Event.Time).TotalSeconds, new("source", subscription.Source), new("purpose", subscription.Purpose));
        _age = page.AtHead ? TimeSpan.Zero : clock.GetUtcNow() - page.Events[^1].Event.Time;
    }

    private async Task TakeOne(Place place, FeedPage page, FeedEntry entry, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await database.Write(tx => ApplyAll(tx, place, page, [entry]), stop);
                break;
            }
            catch (Exception fault) when (fault is not UnavailableException and not OvertakenException and not OperationCanceledException)
            {
                LogEventFailed(log, fault, Name, entry.Event.Type, entry.Event.Id, attempt);
                if (attempt < MostTries && fault is not UnknownVersionException) continue;
                await database.Write(async tx =>
                {
                    await Move(tx, place, page, entry);
                    await DeadLetters.Park(tx, subscription, entry, fault.GetType().Name + ": " + fault.Message);
                }, stop);
                break;
            }
        }

        _place = After(place, page, entry);
    }

    private async Task ApplyAll(Transaction tx, Place place, FeedPage page, FeedEntry[] entries)
    {
        await Move(tx, place, page, entries[^1]);
        var parked = await DeadLetters.Subjects(tx, subscription);
        foreach (var entry in entries)
        {
            if (parked.Contains(entry.Event.Subject)) await DeadLetters.Park(tx, subscription, entry, "behind a parked event of its subject");
            else await subscription.Apply(entry.Event, tx);
        }
    }

    /// <summary>Fenced by the old position (E2): a reader that slept through another's turn writes nothing.</summary>
    private Task Move(Transaction tx, Place place, FeedPage page, FeedEntry last) => tx.Expect(Name, """
        UPDATE subscriptions SET position = @to, epoch = @Epoch, last_event_id = @last
        WHERE source = @Source AND purpose = @Purpose AND position = @from
        """, new { to = last.Position, page.Epoch, last = last.Event.Id, subscription.Source, subscription.Purpose, from = place.Position });

    private static Place After(Place place, FeedPage page, FeedEntry last) =>
        place with { Position = last.Position, Epoch = page.Epoch, LastEventId = last.Event.Id };

    private async Task NoteHead()
    {
        if (_place is not { ReachedHead: false } place) return;
        await database.Write(tx => tx.Execute(
            "UPDATE subscriptions SET reached_head = TRUE WHERE source = @Source AND purpose = @Purpose",
            new { subscription.Source, subscription.Purpose }));
        _place = place with { ReachedHead = true };
        ReachedHead = true;
    }

    /// <summary>A log of state is read again from its start; any other waits for a person (E4).</summary>
    private async Task<TimeSpan> StartAgainOrStop()
    {
        if (subscription.Reset is not { } reset)
        {
            Diverged = true;
            LogDiverged(log, Name, Position);
            return DivergedLookAgain;
        }

        await database.Write(async tx =>
        {
            await reset(tx);
            await tx.Execute("""
                UPDATE subscriptions SET position = 0, epoch = NULL, last_event_id = NULL, reached_head = FALSE
                WHERE source = @Source AND purpose = @Purpose
                """, new { subscription.Source, subscription.Purpose });
            await tx.Execute("DELETE FROM dead_letters WHERE source = @Source AND purpose = @Purpose",
                new { subscription.Source, subscription.Purpose });
        });
        _place = null;
        return TimeSpan.Zero;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Subscription}: a page of {Count} events failed, taking them one by one")]
    private static partial void LogPageFailed(ILogger log, Exception fault, string subscription, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Subscription}: {Type} {Id} failed, try {Attempt}")]
    private static partial void LogEventFailed(ILogger log, Exception fault, string subscription, string type, Guid id, int attempt);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Subscription}: the source's log has diverged from position {Position}; reading stopped")]
    private static partial void LogDiverged(ILogger log, string subscription, long position);

    /// <summary>Where a subscription stands.</summary>
    internal sealed record Place(Guid? Epoch, long Position, Guid? LastEventId, bool ReachedHead);
}
