using Microsoft.AspNetCore.Http;
using Stoa.Contracts;

namespace Stoa.Kernel;

/// <summary>Finds things of one kind that wait for a person, among what this service owns. A service registers one for each
/// kind of its own; dead letters and diverged logs are every service's.</summary>
/// <param name="tx">A read of the service's database.</param>
/// <returns>Null when there are none.</returns>
public delegate Task<AttentionRow?> FindAttention(Transaction tx);

/// <summary><c>GET /api/attention/{service}</c>, for staff: what waits for a person, counted by its owner.</summary>
public static class Attention
{
    /// <summary>How many things of a kind are told one by one.</summary>
    public const int MostThings = 20;

    /// <summary>A row of things that have been read oldest first.</summary>
    /// <param name="kind">Their kind.</param>
    /// <param name="count">How many there are in all.</param>
    /// <param name="things">The oldest <see cref="MostThings"/>.</param>
    /// <returns>Null when there are none.</returns>
    public static AttentionRow? Row(string kind, int count, IReadOnlyList<AttentionThing> things)
    {
        ArgumentNullException.ThrowIfNull(things);
        return count == 0 ? null : new(kind, count, things.Count > 0 ? things[0].Since : null, [.. things]);
    }

    internal static async Task<IResult> Handle(Database database, Subscriptions subscriptions, IEnumerable<FindAttention> finders, HttpResponse response, CancellationToken stop)
    {
        response.Headers.CacheControl = "no-store";
        var rows = await database.Read(async tx =>
        {
            var found = new List<AttentionRow?> { await DeadLetters(tx), Diverged(subscriptions) };
            foreach (var find in finders) found.Add(await find(tx));
            return found;
        }, stop);
        return Results.Ok(new NeedsAttention([.. rows.OfType<AttentionRow>()]));
    }

    private static async Task<AttentionRow?> DeadLetters(Transaction tx)
    {
        var parked = await tx.Query<Parked>("""
            SELECT source, purpose, COUNT(*) AS count, MIN(parked_at) AS since FROM dead_letters GROUP BY source, purpose ORDER BY since, source, purpose
            """);
        return Row("dead_letters", parked.Sum(one => (int)one.Count),
            [.. parked.Take(MostThings).Select(one => new AttentionThing($"{one.Source}/{one.Purpose}", null, one.Since, FormattableString.Invariant($"{one.Count} parked")))]);
    }

    private static AttentionRow? Diverged(Subscriptions subscriptions)
    {
        var diverged = subscriptions.Readers.Where(one => one.Diverged).ToArray();
        return Row("log_diverged", diverged.Length, [.. diverged.Take(MostThings).Select(one => new AttentionThing(one.Name, null, null, FormattableString.Invariant($"at position {one.Position}")))]);
    }

    private sealed record Parked
    {
        public required string Source { get; init; }
        public required string Purpose { get; init; }
        public required long Count { get; init; }
        public required DateTimeOffset Since { get; init; }
    }
}
