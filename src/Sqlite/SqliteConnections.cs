using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Stoa.Sqlite;

/// <summary>The connections on which one database file is read, kept open between reads with the statements that they know.</summary>
/// <param name="connectionString">The driver's.</param>
public sealed class SqliteConnections(string connectionString) : IDisposable
{
    /// <summary>Each holds pages in memory: more may be open at once, and are closed after their use.</summary>
    private const int MostIdle = 8;

    private readonly ConcurrentStack<KeepingConnection> _idle = new();
    private volatile bool _closed;

    /// <summary>One for a while: disposing it gives it back.</summary>
    public KeepingConnection Open()
    {
        if (_idle.TryPop(out var kept)) return kept;
        var connection = new KeepingConnection(connectionString, TakesBack);
        connection.Open();
        return connection;
    }

    /// <summary>One that nobody takes back: whoever opened it closes it.</summary>
    public KeepingConnection OpenForGood()
    {
        var connection = new KeepingConnection(connectionString, _ => false);
        connection.Open();
        return connection;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed = true;
        while (_idle.TryPop(out var connection)) connection.Dispose();
    }

    private bool TakesBack(KeepingConnection connection)
    {
        if (_closed || _idle.Count >= MostIdle || connection.State != ConnectionState.Open) return false;
        _idle.Push(connection);
        return true;
    }
}

/// <summary>A connection that keeps its statements: SQLite parses and plans a text once, and the next command of the same
/// text binds its parameters and runs. (The driver keeps a statement as long as its command, and Dapper makes a command
/// for each call.)</summary>
/// <param name="connectionString">The driver's.</param>
/// <param name="takesBack">Whether somebody else will use it; otherwise disposing it closes it.</param>
public sealed class KeepingConnection(string connectionString, Func<KeepingConnection, bool> takesBack) : SqliteConnection(connectionString)
{
    /// <summary>A filter, or a list that is written out, has as many texts as there are ways to ask.</summary>
    private const int MostKept = 200;

    private readonly Dictionary<string, SqliteStatement> _kept = new(StringComparer.Ordinal);

    static KeepingConnection()
    {
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0); // nobody reads the statistics, for which each allocation takes a lock; without effect once SQLite runs
    }

    /// <summary>Whether a transaction is open on it.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>Opens it. A plan that is kept holds whatever values are bound to it: SQLite would otherwise plan anew for
    /// each, since a <c>LIMIT</c> that is a parameter, or one that a partial index might match, has it look at the value
    /// (https://www.sqlite.org/queryplanner-ng.html, the query planner stability guarantee).</summary>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public override void Open()
    {
        base.Open();
        raw.sqlite3_busy_timeout(Handle, DefaultTimeout * 1000); // the driver's own commands wait by themselves, ours by this
        raw.sqlite3_db_config(Handle, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _);
    }

    /// <summary>Runs a statement without parameters that answers nothing, such as <c>COMMIT</c>.</summary>
    /// <exception cref="SqliteException">It fails.</exception>
    public void Run(string text)
    {
        var statement = Take(text) ?? throw new ArgumentException("several statements", nameof(text));
        try
        {
            statement.RunToEnd();
        }
        finally
        {
            GiveBack(statement);
        }
    }

    /// <summary>Out of the store while it runs, so that a text that runs inside itself gets another.</summary>
    /// <returns>Null for a text of several statements, which the driver runs.</returns>
    /// <exception cref="SqliteException">It cannot be parsed, or names what is not there.</exception>
    internal SqliteStatement? Take(string text) => _kept.Remove(text, out var kept) ? kept : SqliteStatement.Prepare(this, text);

    internal void GiveBack(SqliteStatement statement)
    {
        statement.Reset();
        if (State != ConnectionState.Open || _kept.Count >= MostKept || !_kept.TryAdd(statement.Text, statement)) statement.Dispose();
    }

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => new SqliteStatementCommand(this);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && takesBack(this)) return;
        foreach (var statement in _kept.Values) statement.Dispose();
        _kept.Clear();
        base.Dispose(disposing);
    }
}
