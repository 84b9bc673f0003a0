using Npgsql;
using Stoa.Supervision;

namespace Stoa.Kit;

/// <summary>The PostgreSQL server of this test process: the one that <c>STOA_TEST_POSTGRES</c> names (a connection string
/// of a role that may create databases), or one of its own in a temporary folder, stopped and deleted at the end. Tests
/// use it when <c>STOA_TEST_ENGINE</c> is <c>postgres</c>.</summary>
public static class TestPostgres
{
    private static readonly Lazy<Task<string>> Server = new(() => Task.Run(Find));

    /// <summary>Whether services under test keep their data in PostgreSQL.</summary>
    public static bool IsWanted => Environment.GetEnvironmentVariable("STOA_TEST_ENGINE") == "postgres";

    /// <summary>Why a test that needs a server may be skipped: none is installed. Null: it runs, and in CI it always does.</summary>
    public static string? Missing =>
        ThrowawayPostgres.Programs is null && Environment.GetEnvironmentVariable("STOA_TEST_POSTGRES") is not { Length: > 0 } && Environment.GetEnvironmentVariable("CI") != "true"
            ? "no PostgreSQL server is installed" : null;

    /// <summary>The server's superuser, as a connection string.</summary>
    public static Task<string> Superuser => Server.Value;

    /// <summary>Runs a statement as the superuser.</summary>
    public static async Task Run(string sql)
    {
        await using var source = NpgsqlDataSource.Create(await Server.Value);
#pragma warning disable CA2100 // statements of tests
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Makes an empty database.</summary>
    /// <param name="name">Lower-case letters, digits and underscores.</param>
    /// <returns>Its connection string.</returns>
    public static async Task<string> Create(string name)
    {
        await Run($"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(await Server.Value) { Database = name, MaxPoolSize = 12 }.ConnectionString;
    }

    /// <summary>Ends all connections to a database and deletes it.</summary>
    public static Task Drop(string name) => Run($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    private static Task<string> Find() =>
        Environment.GetEnvironmentVariable("STOA_TEST_POSTGRES") is { Length: > 0 } given ? Task.FromResult(given) : StartOwn();

    private static async Task<string> StartOwn()
    {
        var own = await ThrowawayPostgres.Start(TestPorts.Next(), CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => own.DisposeAsync().AsTask().Wait();
        return own.ConnectionString;
    }
}
