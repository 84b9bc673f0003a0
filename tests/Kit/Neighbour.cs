using System.Text.Json;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Kit;

/// <summary>A service that is nothing but its event log: says what a test tells it to say.</summary>
public static class Neighbour
{
    /// <summary>To start under a service's name: <c>("products", Neighbour.Log("products", holdsState: true))</c>.</summary>
    public static Build Log(string name, bool holdsState = false) => (args, seams) =>
    {
        var service = ServiceHost.Create(name, args, seams);
        service.AddDatabase(typeof(Neighbour).Assembly, holdsState);
        return service.Build();
    };

    /// <summary>What a running service has committed to its log so far, in order. (On PostgreSQL its feed shows it a moment
    /// later, once it is numbered, E1.)</summary>
    /// <param name="store">The store.</param>
    /// <param name="service">Whose log.</param>
    /// <param name="subject">Of this subject alone; null: of all.</param>
    public static Task<List<ToldEvent>> Told(this TestStore store, string service, string? subject = null)
    {
        var log = store.Get<Database>(service);
        return log.Query<ToldEvent>($"""
            SELECT type, subject, data FROM event_log
            WHERE data IS NOT NULL AND (subject = @subject OR CAST(@subject AS TEXT) IS NULL)
            ORDER BY {(log.Dialect == Dialect.Postgres ? "inserted" : "position")}
            """, new { subject });
    }

    /// <summary>Appends an event to a running service's log.</summary>
    public static Task Tell<T>(this TestStore store, string source, T happened) where T : IEvent => store.Get<Database>(source).Write(tx =>
    {
        tx.Append(happened);
        return Task.CompletedTask;
    });
}

/// <summary>An event of a log.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Data">Its data, JSON.</param>
public sealed record ToldEvent(string Type, string Subject, string Data)
{
    /// <summary>The data.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Data);
}
