using Npgsql;
using Stoa.Bare;
using Stoa.Supervision;

namespace Stoa.Bench.Tests;

/// <summary>The PostgreSQL server that is measured.</summary>
public sealed class DurableServerTests : IAsyncLifetime
{
    private static readonly bool IsMissing = ThrowawayPostgres.Programs is null && Environment.GetEnvironmentVariable("CI") != "true";

    private MeasuredServer? _server;

    public async ValueTask InitializeAsync() => _server = IsMissing ? null : await MeasuredServer.Start(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task Is_as_durable_as_it_comes_and_keeps_each_bare_row()
    {
        Assert.SkipWhen(IsMissing, "The programs of a PostgreSQL server are not installed.");
        await using var source = NpgsqlDataSource.Create(_server!.ConnectionString);
        using (var commits = new PostgresCommits(_server.ConnectionString, "rows_1", most: 4)) await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => commits.Add()));

        Assert.Equal("on on on replica", await Ask(source, "SELECT concat_ws(' ', current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes'), current_setting('wal_level'))"));
        Assert.Equal(20L, await Ask(source, "SELECT COUNT(*) FROM rows_1"));
    }

    private static async Task<object?> Ask(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
