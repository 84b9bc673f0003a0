using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Stoa.Sqlite;

namespace Stoa.Kernel.Tests;

/// <summary>What our own way to run SQLite's statements must do as the driver's does.</summary>
public sealed class SqliteStatementTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stoa-test-").FullName;
    private readonly SqliteConnections _connections;

    public SqliteStatementTests() => _connections = new SqliteConnections($"Data Source={Path.Combine(_folder, "one.db")};Pooling=False");

    public void Dispose()
    {
        _connections.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public sealed record Kept(string Text, long Number, double Part, byte[] Bytes, string? Missing);

    [Fact]
    public async Task Values_come_back_as_they_went_in()
    {
        await using var connection = _connections.Open();
        await connection.ExecuteAsync("CREATE TABLE kept (text TEXT, number BIGINT, part REAL, bytes BLOB, missing TEXT)");
        var longText = new string('ü', 1000);

        await connection.ExecuteAsync("INSERT INTO kept VALUES (@Text, @Number, @Part, @Bytes, @Missing)",
            new[] { new Kept("", long.MinValue, 0.1, [0, 255], null), new Kept(longText, 7, -1, [], "there") });
        var back = (await connection.QueryAsync<Kept>("SELECT * FROM kept ORDER BY number")).ToList();

        Assert.Equal(("", long.MinValue, 0.1, null), (back[0].Text, back[0].Number, back[0].Part, back[0].Missing));
        Assert.Equal((longText, 7, -1, "there"), (back[1].Text, back[1].Number, back[1].Part, back[1].Missing));
        Assert.Equal([0, 255], back[0].Bytes);
        Assert.Empty(back[1].Bytes);
    }

    [Fact]
    public async Task The_driver_reads_the_ids_that_we_write()
    {
        var id = new Guid("0192f0e4-7c5a-7d2e-9c0b-3f1d5a6b7c8d");
        await using var connection = _connections.Open();
        await connection.ExecuteAsync("CREATE TABLE ids (id UUID PRIMARY KEY)");

        await connection.ExecuteAsync("INSERT INTO ids VALUES (@id)", new { id });

        using var byTheDriver = new SqliteCommand("SELECT COUNT(*) FROM ids WHERE id = $id", connection);
        byTheDriver.Parameters.AddWithValue("$id", id);
        Assert.Equal(1L, byTheDriver.ExecuteScalar());
    }

    [Theory]
    [InlineData("SELECT id FROM due WHERE at <= 7 ORDER BY at LIMIT ?")]
    [InlineData("SELECT id FROM due WHERE at <= 7 AND status = ?")]
    public async Task A_statement_is_not_planned_anew_for_another_value(string text)
    {
        const int PlannedAnew = 5; // SQLITE_STMTSTATUS_REPREPARE
        await using var connection = _connections.Open();
        await connection.ExecuteAsync("CREATE TABLE due (id INTEGER PRIMARY KEY, status TEXT, at BIGINT)");
        await connection.ExecuteAsync("CREATE INDEX due_waiting ON due (at) WHERE status = 'waiting'");
        raw.sqlite3_prepare_v2(connection.Handle, text, out var statement);
        using var kept = statement;

        for (var value = 1; value <= 3; value++)
        {
            raw.sqlite3_bind_int(kept, 1, value);
            raw.sqlite3_step(kept);
            raw.sqlite3_reset(kept);
        }

        Assert.Equal(0, raw.sqlite3_stmt_status(kept, PlannedAnew, 0));
    }

    [Fact]
    public async Task A_statement_that_failed_runs_again_and_says_why_it_failed()
    {
        const string Insert = "INSERT INTO once VALUES (@id) RETURNING id";
        await using var connection = _connections.Open();
        await connection.ExecuteAsync("CREATE TABLE once (id INTEGER PRIMARY KEY)");
        await connection.QuerySingleAsync<long>(Insert, new { id = 1 });

        var refused = await Assert.ThrowsAsync<SqliteException>(() => connection.QuerySingleAsync<long>(Insert, new { id = 1 }));

        Assert.Equal((19, 1555), (refused.SqliteErrorCode, refused.SqliteExtendedErrorCode)); // SQLITE_CONSTRAINT, …_PRIMARYKEY
        Assert.Equal(2, await connection.QuerySingleAsync<long>(Insert, new { id = 2 }));
        Assert.Equal(2, await connection.QuerySingleAsync<long>("SELECT COUNT(*) FROM once"));
    }

    [Fact]
    public async Task A_text_that_runs_inside_itself_keeps_its_place()
    {
        const string Numbers = "SELECT value FROM json_each('[1,2,3]')";
        await using var connection = _connections.Open();
        List<long> seen = [];

        foreach (var outer in connection.Query<long>(Numbers, buffered: false))
            seen.Add((outer * 10) + connection.Query<long>(Numbers).Last());

        Assert.Equal([13, 23, 33], seen);
    }

    [Fact]
    public async Task It_tells_how_many_rows_were_written_and_nothing_of_a_statement_that_reads()
    {
        await using var connection = _connections.Open();
        await connection.ExecuteAsync("CREATE TABLE rows (n INTEGER); INSERT INTO rows VALUES (1); INSERT INTO rows VALUES (2)"); // several in one text

        Assert.Equal(2, await connection.ExecuteAsync("UPDATE rows SET n = n + 1"));
        Assert.Equal(0, await connection.ExecuteAsync("UPDATE rows SET n = 0 WHERE n > 9"));
        Assert.Equal(-1, await connection.ExecuteAsync("SELECT n FROM rows"));
    }

    [Fact]
    public async Task A_parameter_without_a_value_is_an_error_and_not_a_null()
    {
        await using var connection = _connections.Open();

        await Assert.ThrowsAsync<InvalidOperationException>(() => connection.QueryAsync<long>("SELECT @here WHERE @forgotten = 1", new { here = 1 }));
    }

    [Fact]
    public async Task Rows_that_were_read_to_their_end_stay_at_their_end()
    {
        await using var connection = _connections.Open();
        await using var rows = await connection.ExecuteReaderAsync("SELECT 1");

        Assert.True(await rows.ReadAsync(TestContext.Current.CancellationToken));
        Assert.False(await rows.ReadAsync(TestContext.Current.CancellationToken));
        Assert.False(await rows.ReadAsync(TestContext.Current.CancellationToken)); // SQLite itself would begin again
    }
}
