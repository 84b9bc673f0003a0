using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Stoa.Kernel;

/// <summary>Staff look at the events that this service could not take in, and have them tried again; which took effect, and
/// by whose hand, is kept. Events carry nothing personal (E8), so a letter is shown whole.</summary>
internal static class StaffDeadLetters
{
    public static void Map(WebApplication app, string service)
    {
        app.MapGet($"/api/dead-letters/{service}", List).ForStaff().Produces<Page<Letter>>();
        app.MapGet($"/api/dead-letters/{service}/redriven", Redriven).ForStaff().Produces<Page<RedrivenLetter>>();
        app.MapPost($"/api/dead-letters/{service}/redrive", (DeadLetters.Which which, Buyer staff, Database database, Subscriptions subscriptions, CancellationToken stop) =>
            DeadLetters.Redrive(database, subscriptions.Readers, which, staff.Id, stop)).ForStaff().Produces<DeadLetters.Outcome>();
    }

    private static async Task<Page<Letter>> List(PageRequest page, Database database, CancellationToken stop)
    {
        var (source, purpose, position) = page.Cursor switch
        {
            null => ("", "", 0),
            [var from, var what, var at] when long.TryParse(at, CultureInfo.InvariantCulture, out var number) => (from, what, number),
            _ => throw PageRequest.Forged(),
        };
        var rows = await database.Query<Row>("""
            SELECT source, purpose, position, subject, event, reason, parked_at FROM dead_letters
            WHERE (source, purpose, position) > (@source, @purpose, @position) ORDER BY source, purpose, position LIMIT @most
            """, new { source, purpose, position, most = page.Limit + 1 }, stop);
        return page.Answer(rows, row => row.Show(), row => [row.Source, row.Purpose, row.Position.ToString(CultureInfo.InvariantCulture)]);
    }

    private static async Task<Page<RedrivenLetter>> Redriven(PageRequest page, Database database, CancellationToken stop)
    {
        var (before, source, purpose, position) = page.Cursor switch
        {
            null => (long.MaxValue, "", "", 0),
            [var at, var from, var what, var number] when long.TryParse(at, CultureInfo.InvariantCulture, out var ms) && long.TryParse(number, CultureInfo.InvariantCulture, out var place) => (ms, from, what, place),
            _ => throw PageRequest.Forged(),
        };
        var rows = await database.Query<RedrivenLetter>("""
            SELECT source, purpose, position, subject, event_id, type, reason, parked_at, redriven_at, actor_id FROM redriven_letters
            WHERE (redriven_at, source, purpose, position) < (@before, @source, @purpose, @position)
            ORDER BY redriven_at DESC, source DESC, purpose DESC, position DESC LIMIT @most
            """, new { before, source, purpose, position, most = page.Limit + 1 }, stop);
        return page.Answer(rows, row => row, row =>
            [row.RedrivenAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), row.Source, row.Purpose, row.Position.ToString(CultureInfo.InvariantCulture)]);
    }

    /// <summary>An event that waits.</summary>
    /// <param name="Source">The service whose event it is.</param>
    /// <param name="Purpose">What for it is read.</param>
    /// <param name="Position">Its place in the source's log.</param>
    /// <param name="Subject">What it is about; later events about it wait behind it.</param>
    /// <param name="EventId">Its id.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="Version">Its type's version.</param>
    /// <param name="OccurredAt">When it happened.</param>
    /// <param name="Reason">Why it took no effect.</param>
    /// <param name="ParkedAt">Since when it waits.</param>
    /// <param name="Data">What it says.</param>
    internal sealed record Letter(
        string Source, string Purpose, long Position, string Subject, Guid EventId, string Type, int Version, DateTimeOffset OccurredAt, string Reason, DateTimeOffset ParkedAt, JsonElement Data);

    /// <summary>One that took effect after all.</summary>
    /// <param name="Source">The service whose event it is.</param>
    /// <param name="Purpose">What for it is read.</param>
    /// <param name="Position">Its place in the source's log.</param>
    /// <param name="Subject">What it is about.</param>
    /// <param name="EventId">Its id.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="Reason">Why it had taken no effect.</param>
    /// <param name="ParkedAt">Since when it had waited.</param>
    /// <param name="RedrivenAt">When it took effect.</param>
    /// <param name="ActorId">Who had it tried again; null for the operator.</param>
    internal sealed record RedrivenLetter(
        string Source, string Purpose, long Position, string Subject, Guid EventId, string Type, string Reason, DateTimeOffset ParkedAt, DateTimeOffset RedrivenAt, Guid? ActorId);

    private sealed record Row(string Source, string Purpose, long Position, string Subject, string Event, string Reason, DateTimeOffset ParkedAt)
    {
        public Letter Show()
        {
            var happened = Json.Read<CloudEvent>(Event);
            return new(Source, Purpose, Position, Subject, happened.Id, happened.Type, happened.DataVersion, happened.Time, Reason, ParkedAt, happened.Data);
        }
    }
}
