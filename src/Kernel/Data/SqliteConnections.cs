using System.Collections.Concurrent;
using System.Data;
using Microsoft.Data.Sqlite;

namespace Stoa.Kernel;

/// <summary>The connections on which one database file is read, kept open between reads with the statements that they know.</summary>
internal sealed class SqliteConnections(string connectionString) : IDisposable
{
    /// <summary>Each holds pages in memory: more may be open at once, and are closed after their use.</summary>
    private const int MostIdle = 8;

    private readonly ConcurrentStack<KeepingConnection> _idle = new();
    private volatile bool _closed;

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
internal sealed class KeepingConnection(string connectionString, Func<KeepingConnection, bool> takesBack) : SqliteConnection(connectionString)
{
    /// <summary>A filter, or a list that is written out, has as many texts as there are ways to ask.</summary>
    private const int MostKept = 200;

    private readonly Dictionary<string, SqliteCommand> _kept = new(StringComparer.Ordinal);

    public override SqliteCommand CreateCommand() => new Command(this) { CommandTimeout = DefaultTimeout, Transaction = Transaction };

    protected override void Dispose(bool disposing)
    {
        if (disposing && takesBack(this)) return;
        base.Dispose(disposing); // the driver ends the statements that are left
    }

    /// <summary>Out of the store while it runs, so that a text that runs inside itself gets another.</summary>
    private SqliteCommand Take(string text)
    {
        if (_kept.Remove(text, out var kept)) return kept;
#pragma warning disable CA2100 // a text that came through Sql, with its parameters by name
        return new SqliteCommand(text, this);
#pragma warning restore CA2100
    }

    private void GiveBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        if (_kept.Count >= MostKept || !_kept.TryAdd(command.CommandText, command)) command.Dispose();
    }

    private sealed class Command : SqliteCommand
    {
        private readonly KeepingConnection _keeper;
        private SqliteCommand? _taken;
        private bool _ran;

        public Command(KeepingConnection keeper)
        {
            _keeper = keeper;
            Connection = keeper;
        }

        /// <summary>What every other way to run a command comes to.</summary>
        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            if (_taken?.CommandText != CommandText)
            {
                Return();
                _taken = _keeper.Take(CommandText);
            }

            _taken.Parameters.Clear();
            foreach (SqliteParameter parameter in Parameters) _taken.Parameters.Add(parameter);
            _taken.CommandTimeout = CommandTimeout;
            _taken.Transaction = Transaction;
            _ran = false;
            var reader = _taken.ExecuteReader(behavior);
            _ran = true;
            return reader;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) Return();
            base.Dispose(disposing);
        }

        private void Return()
        {
            if (_ran && _keeper.State == ConnectionState.Open) _keeper.GiveBack(_taken!);
            else _taken?.Dispose();
            _taken = null;
            _ran = false;
        }
    }
}
