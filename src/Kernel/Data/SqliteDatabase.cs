using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Stoa.Sqlite;

namespace Stoa.Kernel;

/// <summary>SQLite as a server's database: WAL, <c>synchronous=FULL</c>, one writer that commits many waiting
/// transactions at once, readers on connections of their own.</summary>
internal sealed class SqliteDatabase : Database
{
    private readonly SqliteConnections _connections;
    private SqliteWriter? _writer;

    public SqliteDatabase(StoaOptions options, Seams seams, EventLog log) : base(options, seams, log)
    {
        var settings = new SqliteConnectionStringBuilder(options.Database) { Pooling = false, DefaultTimeout = 5 };
        if (Path.GetDirectoryName(settings.DataSource) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        _connections = new SqliteConnections(settings.ToString());
    }

    private SqliteWriter Writer => _writer ?? throw new UnavailableException("the database");

    public override Task<T> Write<T>(Func<Transaction, Task<T>> work, CancellationToken stop = default) => Writer.Run(work, stop);

    public override async Task<T> Read<T>(Func<Transaction, Task<T>> work, CancellationToken stop = default)
    {
        stop.ThrowIfCancellationRequested();
        await using var connection = _connections.Open();
        connection.Run("BEGIN");
        try
        {
            return await work(Begin(connection, null));
        }
        finally
        {
            if (connection.InTransaction) connection.Run("ROLLBACK"); // after an I/O error SQLite has already
        }
    }

    internal override async Task Prepare(IReadOnlyList<Migration> migrations, CancellationToken stop)
    {
        var connection = _connections.OpenForGood();
        await connection.ExecuteAsync("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY;");
        await connection.ExecuteAsync("BEGIN IMMEDIATE"); // the lock under which migrations run
        await Migration.Apply(migrations, connection, null, Seams.Clock.GetUtcNow());
        await connection.ExecuteAsync("COMMIT");
        _writer = new SqliteWriter(connection, one => Begin(one, null), Log.Wake, Seams);
    }

    private protected override Task<DbConnection> OpenForReading(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return Task.FromResult<DbConnection>(_connections.Open());
    }

    public override ValueTask DisposeAsync()
    {
        _writer?.Dispose();
        _connections.Dispose();
        return ValueTask.CompletedTask;
    }
}
