using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Stoa.Sqlite;

/// <summary>A command as Dapper fills it, run by a statement that its connection keeps. Parameters are the driver's; what
/// the driver would do anew for each run (parse, look up names, describe columns) is in <see cref="SqliteStatement"/>.</summary>
internal sealed class SqliteStatementCommand(KeepingConnection connection) : SqliteCommand
{
    /// <summary>Not told to the driver, which would keep a list of its commands.</summary>
    protected override DbConnection? DbConnection
    {
        get => connection;
        set => _ = value;
    }

    /// <summary>A connection has one at most, and every statement is in it.</summary>
    protected override DbTransaction? DbTransaction
    {
        get => null;
        set => _ = value;
    }

    public override int ExecuteNonQuery()
    {
        if (connection.Take(CommandText) is not { } statement) return RunAll();
        try
        {
            statement.Bind(Parameters);
            statement.RunToEnd();
            return statement.Written();
        }
        finally
        {
            connection.GiveBack(statement);
        }
    }

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        var statement = connection.Take(CommandText) ?? throw new NotSupportedException("Several statements in one text answer no rows.");
        SqliteRows? rows = null;
        try
        {
            statement.Bind(Parameters);
            return rows = new SqliteRows(connection, statement);
        }
        finally
        {
            if (rows is null) connection.GiveBack(statement); // nobody else will
        }
    }

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(ExecuteDbDataReader(behavior));
    }

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(ExecuteNonQuery());
    }

    [SuppressMessage("Security", "CA2100", Justification = "A migration's text.")]
    private int RunAll()
    {
        using var all = new SqliteCommand(CommandText, connection);
        return all.ExecuteNonQuery();
    }
}
