using System.Data.Common;
using Dapper;

namespace Stoa.Kernel;

/// <summary>The four ways to run a statement; parameters always by name, never by pasting.</summary>
public abstract class Sql
{
    /// <summary>The engine's dialect.</summary>
    public abstract Dialect Dialect { get; }

    private protected abstract Task<T> On<T>(Func<DbConnection, DbTransaction?, Task<T>> run, CancellationToken stop);

    /// <summary>All rows.</summary>
    /// <typeparam name="T">A record whose parameters are the columns' names (underscores and case aside), or a single value.</typeparam>
    /// <param name="sql">One statement.</param>
    /// <param name="args">An object whose properties are the statement's parameters; arrays serve <c>IN @list</c>.</param>
    /// <param name="stop">Ends the wait.</param>
    public Task<List<T>> Query<T>(string sql, object? args = null, CancellationToken stop = default) =>
        On(async (connection, transaction) =>
            (await connection.QueryAsync<T>(new CommandDefinition(Dialect.Spell(sql), args, transaction, cancellationToken: stop))).AsList(), stop);

    /// <summary>The first row, or null (for a value type: its default) when there is none.</summary>
    /// <inheritdoc cref="Query{T}"/>
    public Task<T?> Find<T>(string sql, object? args = null, CancellationToken stop = default) =>
        On((connection, transaction) =>
            connection.QueryFirstOrDefaultAsync<T>(new CommandDefinition(Dialect.Spell(sql), args, transaction, cancellationToken: stop)), stop);

    /// <summary>The one value of the one row.</summary>
    /// <inheritdoc cref="Query{T}"/>
    /// <exception cref="InvalidOperationException">There is no row, or more than one.</exception>
    public Task<T> Scalar<T>(string sql, object? args = null, CancellationToken stop = default) =>
        On((connection, transaction) =>
            connection.QuerySingleAsync<T>(new CommandDefinition(Dialect.Spell(sql), args, transaction, cancellationToken: stop)), stop);

    private protected Task<int> Run(string sql, object? args, CancellationToken stop) =>
        On((connection, transaction) =>
            connection.ExecuteAsync(new CommandDefinition(Dialect.Spell(sql), args, transaction, cancellationToken: stop)), stop);
}
