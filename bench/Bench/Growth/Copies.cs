using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Stoa.Bench.Growth;

/// <summary>Rows in a service's own database, many from few: each statement copies rows that the service itself wrote, with
/// other values where copies must differ. So what a million rows hold is what the service stores, and nothing of its tables
/// stands here but what identifies a row. The expressions are of both engines; <c>n</c> is a copy's number from 0, and
/// <c>template.</c> names what is copied.</summary>
internal sealed class Copies : IAsyncDisposable
{
    private const int AtOnce = 10_000; // SQLite holds what is read from the table that is written to

    private readonly DbConnection _connection;
    private readonly long _count;

    private Copies(DbConnection connection, long count) => (_connection, _count) = (connection, count);

    private bool OnPostgres => _connection is NpgsqlConnection;

    /// <param name="connectionString">The service's. Nobody else has the database open.</param>
    /// <param name="count">How many copies each statement makes of each row.</param>
    public static async Task<Copies> Open(string connectionString, long count)
    {
        DbConnection connection = connectionString.Contains("Host=", StringComparison.Ordinal)
            ? new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0, Pooling = false }.ConnectionString)
            : new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false, DefaultTimeout = 0 }.ConnectionString);
        await connection.OpenAsync();
        var copies = new Copies(connection, count);
        if (!copies.OnPostgres) await copies.Do("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000"); // what fails is made anew
        return copies;
    }

    /// <summary>A UUID of its own for each number, as the engine takes it; all digits, so that its case is nobody's concern.</summary>
    /// <param name="kind">Four digits: numbers of one kind are others' than another's.</param>
    /// <param name="number">An expression.</param>
    public string Id(string kind, string number) => OnPostgres ? $"CAST({IdText(kind, number)} AS UUID)" : IdText(kind, number);

    /// <summary>The same as it stands in a text.</summary>
    public static string IdText(string kind, string number) => $"'01990000-{kind}-7000-8000-' || {Padded(number, 12)}";

    /// <summary>With zeros before it, so that no number begins another.</summary>
    public static string Padded(string number, int digits) =>
        string.Create(CultureInfo.InvariantCulture, $"substr(CAST({1 + new string('0', digits)} + ({number}) AS TEXT), 2)");

    /// <summary>Copies the rows of a table that a condition names.</summary>
    /// <param name="table">It.</param>
    /// <param name="which">The condition.</param>
    /// <param name="other">Columns whose values are others in the copies, and the expressions of these.</param>
    public Task Make(string table, string which, params (string Column, string Expression)[] other) => Make(table, which, _count, other);

    /// <inheritdoc cref="Make(string, string, ValueTuple{string, string}[])"/>
    public async Task Make(string table, string which, long count, params (string Column, string Expression)[] other)
    {
        var expressions = other.ToDictionary(one => one.Column, one => one.Expression);
        var columns = await Texts(OnPostgres
            ? $"SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
            : $"SELECT name FROM pragma_table_info('{table}')");
        await Repeat(count, $"""
            INSERT INTO {table} ({string.Join(", ", columns)}) {(OnPostgres ? "OVERRIDING SYSTEM VALUE" : "")}
            SELECT {string.Join(", ", columns.Select(column => expressions.GetValueOrDefault(column, "template." + column)))}
            FROM numbers CROSS JOIN (SELECT *, ROW_NUMBER() OVER (ORDER BY {columns[0]}) - 1 AS place FROM {table} WHERE {which}) AS template
            """);
    }

    /// <summary>Copies events, behind the head of the log: of each copy all of them before those of the next.</summary>
    /// <param name="subject">That of the events to copy.</param>
    /// <param name="kind">Of their ids.</param>
    /// <param name="copied">The subject of a copy, an expression of a text.</param>
    /// <param name="data">What a copy tells, an expression.</param>
    public async Task Events(string subject, string kind, string copied, string data)
    {
        var which = $"subject = '{subject}' AND data IS NOT NULL";
        var events = await Number($"SELECT COUNT(*) FROM event_log WHERE {which}");
        var place = $"n * {events} + template.place";
        var (head, last) = (await Number("SELECT COALESCE(MAX(position), 0) FROM event_log"), OnPostgres ? await Number("SELECT COALESCE(MAX(inserted), 0) FROM event_log") : 0);
        await Make("event_log", which, ("position", $"{head + 1} + {place}"), ("inserted", $"{last + 1} + {place}"), ("id", Id(kind, place)), ("subject", copied), ("data", data));
        await Renumber("event_log", "inserted");
    }

    /// <summary>PostgreSQL's next row takes the number behind the copies'; SQLite knows.</summary>
    public async Task Renumber(string table, string column)
    {
        if (OnPostgres) await Do($"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), (SELECT MAX({column}) FROM {table}))");
    }

    /// <summary>Runs a statement for every number: <c>numbers (n)</c>.</summary>
    public Task Repeat(string forSqlite, string forPostgres) => Repeat(_count, OnPostgres ? forPostgres : forSqlite);

    public async Task<string> Text(string sql) => (await Texts(sql))[0];

    public async Task Do(string sql)
    {
        await using var command = Command(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The log has been compacted, as one is that grew over years.</summary>
    public Task Compacted() => Do("UPDATE event_log_epoch SET compacted = (SELECT COALESCE(MAX(position), 0) FROM event_log)");

    /// <summary>Where the log ends: its epoch, the last position and the id there.</summary>
    public async Task<(string Epoch, string Position, string EventId)> Head() => (
        await Text("SELECT CAST(epoch AS TEXT) FROM event_log_epoch"),
        await Text("SELECT CAST(COALESCE(MAX(position), 0) AS TEXT) FROM event_log"),
        await Text("SELECT CAST(id AS TEXT) FROM event_log ORDER BY position DESC LIMIT 1"));

    /// <summary>Whoever reads that log stands at its head: what the copied events tell is in the copied rows.</summary>
    public Task StandAt(string source, (string Epoch, string Position, string EventId) head) => Do($"""
        UPDATE subscriptions SET epoch = '{head.Epoch}', position = {head.Position}, last_event_id = '{head.EventId}', reached_head = TRUE
        WHERE source = '{source}'
        """);

    public async ValueTask DisposeAsync()
    {
        // as a database is that has been in use for as long as so many rows take
        await Do(OnPostgres ? "VACUUM ANALYZE" : "PRAGMA journal_mode = WAL");
        await _connection.DisposeAsync();
    }

    private async Task Repeat(long count, string statement)
    {
        for (var from = 0L; from < count; from += AtOnce)
        {
            var to = Math.Min(from + AtOnce, count) - 1;
            await Do($"WITH RECURSIVE numbers (n) AS (SELECT CAST({from} AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n < {to}) {statement}");
        }
    }

    private async Task<long> Number(string sql) => long.Parse(await Text($"SELECT CAST(({sql}) AS TEXT)"), CultureInfo.InvariantCulture);

    private async Task<List<string>> Texts(string sql)
    {
        await using var command = Command(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync()) texts.Add(reader.GetString(0));
        return texts;
    }

    private DbCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // texts of this program
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
