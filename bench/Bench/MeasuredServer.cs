using Npgsql;
using Stoa.Launcher;
using Stoa.Supervision;

namespace Stoa.Bench;

/// <summary>A PostgreSQL server with the settings that it comes with, on the disk that the files of SQLite would be on.</summary>
internal sealed class MeasuredServer : IAsyncDisposable
{
    /// <summary>Without these, an answer would not wait for the disk: figures that nobody gets who keeps real orders.</summary>
    private static readonly string[] Durability = ["fsync", "synchronous_commit", "full_page_writes"];

    private readonly ThrowawayPostgres _server;

    private MeasuredServer(ThrowawayPostgres server, string text) => (_server, Text) = (server, text);

    /// <summary>Which it is and how durable, in words.</summary>
    public string Text { get; }

    /// <summary>Of its superuser.</summary>
    public string ConnectionString => _server.ConnectionString;

    /// <summary>Of the parent of those that serve.</summary>
    public int Pid => _server.Pid;

    /// <exception cref="InvalidOperationException">No server is installed, or it would not keep what it says it keeps.</exception>
    public static async Task<MeasuredServer> Start(CancellationToken stop)
    {
        var server = await ThrowawayPostgres.Start(Ports.Free(1)[0], stop, PostgresKeeps.ThroughPowerCuts);
        try
        {
            return new MeasuredServer(server, await Check(server.ConnectionString, stop));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<string> Check(string connection, CancellationToken stop)
    {
        await using var one = new NpgsqlConnection(connection);
        await one.OpenAsync(stop);
        foreach (var setting in Durability)
        {
            await using var ask = new NpgsqlCommand("SELECT current_setting($1)", one) { Parameters = { new NpgsqlParameter { Value = setting } } };
            if (await ask.ExecuteScalarAsync(stop) is not "on") throw new InvalidOperationException($"PostgreSQL's {setting} is not on.");
        }

        return $"PostgreSQL {one.PostgreSqlVersion} with {string.Join(", ", Durability)} on";
    }
}
