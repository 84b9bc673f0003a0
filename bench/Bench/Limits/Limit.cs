using Stoa.Bare;
using Stoa.Bench.Load;

namespace Stoa.Bench.Limits;

/// <summary>What the machine can do, measured in the same run.</summary>
/// <param name="Name">As the ratios name it.</param>
/// <param name="What">One line for the table.</param>
/// <param name="Measure">Measures it with so many at once.</param>
internal sealed record Limit(string Name, string What, Func<int, TimeSpan, Task<Outcome>> Measure)
{
    /// <summary>Until the framework's code is compiled well.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    public static readonly Limit Endpoint = new("bare endpoint", "300 bytes of JSON, called directly", async (clients, lasts) =>
    {
        await using var bare = await BareProcesses.Endpoint();
        return await Drive.Closed(clients, WarmUp, lasts, _ => new Caller(bare.Url, [HttpLine.Request("GET", "/x")]));
    });

    public static readonly Limit Hop = new("bare hop", "the same behind one YARP hop", async (clients, lasts) =>
    {
        await using var bare = await BareProcesses.Hop();
        return await Drive.Closed(clients, WarmUp, lasts, _ => new Caller(bare.Url, [HttpLine.Request("GET", "/0/x")]));
    });

    public static readonly Limit SingleCommits = new("single commits", "SQLite FULL, one row and one fsync each", (clients, lasts) => InFile(clients, lasts, grouped: false));

    public static readonly Limit GroupedCommits = new("grouped commits", "SQLite FULL, one row each, those that wait share an fsync", (clients, lasts) => InFile(clients, lasts, grouped: true));

    /// <summary>Those of a run, and how many at once reach them.</summary>
    /// <param name="server">PostgreSQL; null for a run on SQLite.</param>
    public static IReadOnlyList<(Limit Limit, int Clients)> Of(MeasuredServer? server) =>
    [
        (Endpoint, 64),
        (Hop, 64),
        .. server is null ? [(SingleCommits, 32), (GroupedCommits, 32)] : ((Limit, int)[])[(PostgresCommits(server.ConnectionString), 32)],
        (Skeleton(server?.ConnectionString), 32),
    ];

    private static Limit PostgresCommits(string server) => new("PostgreSQL commits", "one row each, its default durability", async (clients, lasts) =>
    {
        using var commits = new PostgresCommits(server, "bench_rows", clients);
        return await Commits(clients, lasts, commits);
    });

    private static Limit Skeleton(string? server) => new("skeleton", "a purchase of a store with nothing in it", async (clients, lasts) =>
    {
        await using var bare = await BareProcesses.Skeleton(server);
        byte[][] purchase = [.. Enumerable.Range(0, 4).Select(step => HttpLine.Request("POST", $"/{step}/step/{step}"))];
        return await Drive.Closed(clients, WarmUp, lasts, _ => new Caller(bare.Url, purchase));
    });

    private static async Task<Outcome> InFile(int clients, TimeSpan lasts, bool grouped)
    {
        var folder = Directory.CreateTempSubdirectory("stoa-commits-");
        try
        {
            using var commits = new GroupedCommits(Path.Combine(folder.FullName, "rows.db"), grouped);
            return await Commits(clients, lasts, commits);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<Outcome> Commits(int clients, TimeSpan lasts, ICommits commits) => Drive.Closed(clients, WarmUp, lasts, _ => new Committer(commits));

    private sealed class Caller(Uri server, byte[][] requests) : IShopper
    {
        private readonly HttpLine _line = new(server);

        public async ValueTask Act()
        {
            foreach (var request in requests) (await _line.Send(request)).Expect(200, "bare call");
        }

        public void Dispose() => _line.Dispose();
    }

    private sealed class Committer(ICommits commits) : IShopper
    {
        public ValueTask Act() => new(commits.Add());

        public void Dispose()
        {
            // the commits are everybody's
        }
    }
}
