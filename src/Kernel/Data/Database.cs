using System.Data.Common;

namespace Stoa.Kernel;

/// <summary>This service's own database, which nobody else opens (S4): reads on connections of their own, writes in
/// transactions whose answers leave only after the commit that holds them.</summary>
public abstract class Database : Sql, IAsyncDisposable
{
    private protected Database(StoaOptions options, Seams seams, EventLog log)
    {
        DapperTypes.Register();
        Options = options;
        Seams = seams;
        Log = log;
        Dialect = Dialect.Of(options.Database);
    }

    /// <inheritdoc/>
    public override Dialect Dialect { get; }

    private protected StoaOptions Options { get; }

    private protected Seams Seams { get; }

    private protected EventLog Log { get; }

    internal static Database Open(StoaOptions options, Seams seams, EventLog log) =>
        Dialect.Of(options.Database).IsPostgres
            ? new PostgresDatabase(options, seams, log)
            : new SqliteDatabase(options, seams, log);

    /// <summary>Runs a transaction and returns its result once it is durable.</summary>
    /// <param name="work">Reads and writes through the transaction alone; awaits nothing else (S3). If it throws, nothing of it stays.</param>
    /// <param name="stop">Honoured until the work has begun; after that it runs to its end (P6).</param>
    /// <exception cref="UnavailableException">The database cannot be reached, or took the transaction with it: nothing of it stays,
    /// unless it says <see cref="UnavailableException.OutcomeUnknown"/>.</exception>
    /// <exception cref="BrokenRuleException">The work awaited something else.</exception>
    public abstract Task<T> Write<T>(Func<Transaction, Task<T>> work, CancellationToken stop = default);

    /// <inheritdoc cref="Write{T}"/>
    public Task Write(Func<Transaction, Task> work, CancellationToken stop = default) =>
        Write<object?>(async transaction =>
        {
            await work(transaction);
            return null;
        }, stop);

    /// <summary>Runs several reads on one connection and one snapshot.</summary>
    public abstract Task<T> Read<T>(Func<Transaction, Task<T>> work, CancellationToken stop = default);

    /// <summary>Whether the engine answers.</summary>
    /// <exception cref="UnavailableException">It does not.</exception>
    public Task Ping(CancellationToken stop) => Scalar<int>("SELECT 1", stop: stop);

    internal abstract Task Prepare(IReadOnlyList<Migration> migrations, CancellationToken stop);

    private protected abstract Task<DbConnection> OpenForReading(CancellationToken stop);

    private protected override async Task<T> On<T>(Func<DbConnection, DbTransaction?, Task<T>> run, CancellationToken stop)
    {
        try
        {
            await using var connection = await OpenForReading(stop);
            return await run(connection, null);
        }
        catch (DbException fault) when (Dialect.IsAway(fault))
        {
            throw new UnavailableException("the database", fault);
        }
    }

    private protected Transaction Begin(DbConnection connection, DbTransaction? transaction) =>
        new(connection, transaction, Dialect, Log, Seams.Clock.GetUtcNow());

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
