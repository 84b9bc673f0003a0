using Microsoft.AspNetCore.Http;

namespace Stoa.Kernel;

/// <summary>Events that could not take effect, whole, in order, with those of the same subject behind them (E6).</summary>
internal static class DeadLetters
{
    public static Task Park(Transaction tx, Subscription subscription, FeedEntry entry, string reason) => tx.Execute("""
        INSERT INTO dead_letters (source, purpose, position, subject, event, reason, parked_at)
        VALUES (@Source, @Purpose, @Position, @Subject, @Event, @reason, @Now) ON CONFLICT DO NOTHING
        """, new
    {
        subscription.Source,
        subscription.Purpose,
        entry.Position,
        entry.Event.Subject,
        Event = Json.Write(entry.Event),
        reason,
        tx.Now,
    });

    public static async Task<HashSet<string>> Subjects(Transaction tx, Subscription subscription) =>
        [.. await tx.Query<string>("SELECT DISTINCT subject FROM dead_letters WHERE source = @Source AND purpose = @Purpose",
            new { subscription.Source, subscription.Purpose })];

    /// <summary><c>GET /internal/dead-letters</c>: the first 100.</summary>
    public static async Task<IResult> List(Database database, CancellationToken stop)
    {
        var letters = await database.Query<Letter>("""
            SELECT source, purpose, position, subject, reason, parked_at FROM dead_letters ORDER BY parked_at, position LIMIT 100
            """, stop: stop);
        return Results.Json(new { items = letters }, Json.Options);
    }

    /// <summary>How many there are, by subscription; one that has none is not named.</summary>
    public static async Task<Parking[]> Count(Database database, CancellationToken stop)
    {
        var counted = await database.Query<(string Source, string Purpose, long Letters)>( // SQLite gives a count in no rows no type that a record could be made of
            "SELECT source, purpose, COUNT(*) FROM dead_letters GROUP BY source, purpose ORDER BY source, purpose", stop: stop);
        return [.. counted.Select(one => new Parking(one.Source, one.Purpose, one.Letters))];
    }

    /// <summary><c>POST /internal/dead-letters/redrive</c>: applies every letter again, in position order, each removed
    /// with its effect; a subject stops at its first letter that still fails.</summary>
    /// <param name="database">Where.</param>
    /// <param name="readers">Of all subscriptions.</param>
    /// <param name="only">Which letters.</param>
    /// <param name="actor">The member of staff; null for the operator.</param>
    /// <param name="stop">Cancelled when nobody waits any more.</param>
    public static async Task<IResult> Redrive(Database database, IEnumerable<SubscriptionReader> readers, Which only, Guid? actor, CancellationToken stop)
    {
        var (redriven, left) = (0, new List<string>());
        foreach (var reader in readers)
        {
            var subscription = reader.Subscription;
            if (!only.Of(subscription)) continue;
            foreach (var subject in await database.Write(tx => Subjects(tx, subscription), stop))
            {
                if ((only.Subject ?? subject) != subject) continue;
                try
                {
                    while (await RedriveFirst(database, subscription, subject, actor, stop)) redriven++;
                }
#pragma warning disable CA1031 // the letter stays and the answer names why
                catch (Exception fault) when (fault is not UnavailableException and not OperationCanceledException)
#pragma warning restore CA1031
                {
                    left.Add($"{reader.Name} {subject}: {fault.Message}");
                }
            }
        }

        return Results.Json(new Outcome(redriven, [.. left]), Json.Options);
    }

    /// <summary>The subscription's row is locked first, so that the reader and another redrive wait (E6).</summary>
    private static Task<bool> RedriveFirst(Database database, Subscription subscription, string subject, Guid? actor, CancellationToken stop) =>
        database.Write(async tx =>
        {
            var key = new { subscription.Source, subscription.Purpose, subject };
            await tx.Query<long>("SELECT position FROM subscriptions WHERE source = @Source AND purpose = @Purpose" + tx.Lock, key);
            var letter = await tx.Find<Parked>("""
                SELECT position, event, reason, parked_at FROM dead_letters
                WHERE source = @Source AND purpose = @Purpose AND subject = @subject ORDER BY position LIMIT 1
                """, key);
            if (letter is null) return false;
            var happened = Json.Read<CloudEvent>(letter.Event);
            await subscription.Apply(happened, tx);
            await Record(tx, subscription, letter, happened, actor);
            await tx.Expect("the dead letter", "DELETE FROM dead_letters WHERE source = @Source AND purpose = @Purpose AND position = @Position",
                new { subscription.Source, subscription.Purpose, letter.Position });
            return true;
        }, stop);

    private static Task Record(Transaction tx, Subscription subscription, Parked letter, CloudEvent happened, Guid? actor) => tx.Execute("""
        INSERT INTO redriven_letters (source, purpose, position, subject, event_id, type, reason, parked_at, redriven_at, actor_id)
        VALUES (@Source, @Purpose, @Position, @Subject, @Id, @Type, @Reason, @ParkedAt, @Now, @actor)
        """, new { subscription.Source, subscription.Purpose, letter.Position, happened.Subject, happened.Id, happened.Type, letter.Reason, letter.ParkedAt, tx.Now, actor });

    /// <summary>Which letters are meant: all, or those of a source, a purpose or a subject.</summary>
    internal sealed record Which(string? Source = null, string? Purpose = null, string? Subject = null)
    {
        public bool Of(Subscription subscription) => (Source ?? subscription.Source) == subscription.Source && (Purpose ?? subscription.Purpose) == subscription.Purpose;
    }

    /// <param name="Redriven">How many took effect.</param>
    /// <param name="Left">What still fails, and why.</param>
    internal sealed record Outcome(int Redriven, string[] Left);

    internal sealed record Letter(string Source, string Purpose, long Position, string Subject, string Reason, DateTimeOffset ParkedAt);

    internal sealed record Parking(string Source, string Purpose, long Letters);

    private sealed record Parked(long Position, string Event, string Reason, DateTimeOffset ParkedAt);
}
