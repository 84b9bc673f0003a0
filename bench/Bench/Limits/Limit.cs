using Npgsql;
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

    public static readonly Limit Skeleton = new("skeleton", "a purchase of a store with nothing in it", async (clients, lasts) =>
    {
        await using var bare = await BareProcesses.Skeleton();
        byte[][] purchase = [.. Enumerable.Range(0, 4).Select(step => HttpLine.Request("POST", $"/{step}/step/{step}"))];
        return await Drive.Closed(clients, WarmUp, lasts, _ => new Caller(bare.Url, purchase));
    });

    public static readonly Limit SingleCommits = new("single commits", "SQLite FULL, one row and one fsync each", (clients, lasts) => Commits(clients, lasts, grouped: false));

    public static readonly Limit GroupedCommits = new("grouped commits", "SQLite FULL, one row each, those that wait share an fsync", (clients, lasts) => Commits(clients, lasts, grouped: true));

    public static Limit PostgresCommits(string connection) => new("PostgreSQL commits", "one row each, its default durability", async (clients, lasts) =>
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = clients, MaxAutoPrepare = 10, AutoPrepareMinUsages = 2 });
        await using (var make = source.CreateCommand("DROP TABLE IF EXISTS bench_rows; CREATE TABLE bench_rows (id BIGSERIAL PRIMARY KEY, text TEXT NOT NULL)")) await make.ExecuteNonQueryAsync();
        return await Drive.Closed(clients, WarmUp, lasts, _ => new Inserter(source));
    });

    private static async Task<Outcome> Commits(int clients, TimeSpan lasts, bool grouped)
    {
        var folder = Directory.CreateTempSubdirectory("stoa-commits-");
        try
        {
            using var commits = new GroupedCommits(Path.Combine(folder.FullName, "rows.db"), grouped);
            return await Drive.Closed(clients, WarmUp, lasts, _ => new Committer(commits));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class Caller(Uri server, byte[][] requests) : IShopper
    {
        private readonly HttpLine _line = new(server);

        public async ValueTask Act()
        {
            foreach (var request in requests) (await _line.Send(request)).Expect(200, "bare call");
        }

        public void Dispose() => _line.Dispose();
    }

    private sealed class Committer(GroupedCommits commits) : IShopper
    {
        public ValueTask Act() => new(commits.Add());

        public void Dispose()
        {
            // the commits are everybody's
        }
    }

    private sealed class Inserter(NpgsqlDataSource source) : IShopper
    {
        private static readonly string Row = new('x', 200);

        public async ValueTask Act()
        {
            await using var insert = source.CreateCommand("INSERT INTO bench_rows (text) VALUES ($1)");
            insert.Parameters.AddWithValue(Row);
            await insert.ExecuteNonQueryAsync();
        }

        public void Dispose()
        {
            // the pool is everybody's
        }
    }
}
