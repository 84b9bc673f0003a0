using System.Data.Common;
using Dapper;
using Npgsql;

namespace Stoa.Kernel;

/// <summary>PostgreSQL: a pool, a transaction per write; serialization failures and deadlocks run again with jitter (S2).</summary>
internal sealed class PostgresDatabase : Database
{
    private const int MostRuns = 8;
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromSeconds(10);
    private const long MigrationLock = 0x53746F61; // "Stoa"

    private readonly NpgsqlDataSource _source;

    public PostgresDatabase(StoaOptions options, Seams seams, EventLog log) : base(options, seams, log)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.Database) { MaxAutoPrepare = 100, AutoPrepareMinUsages = 2 };
        if (!options.Database.Contains("Pool Size", StringComparison.OrdinalIgnoreCase)) settings.MaxPoolSize = 32;
        _source = NpgsqlDataSource.Create(settings);
    }

    public override async Task<T> Write<T>(Func<Transaction, Task<T>> work, CancellationToken stop = default)
    {
        for (var run = 1; ; run++)
        {
            try
            {
                return await Once(work, stop);
            }
            catch (PostgresException fault) when (Dialect.MayRunAgain(fault) && run < MostRuns)
            {
                var entropy = Seams.Entropy ?? new Entropy(Seams.Clock);
                await Task.Delay(entropy.BackOff(run, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(200)), Seams.Clock, stop);
            }
            catch (DbException fault) when (Dialect.IsAway(fault) || Dialect.MayRunAgain(fault))
            {
                throw new UnavailableException("the database", fault);
            }
        }
    }

    public override async Task<T> Read<T>(Func<Transaction, Task<T>> work, CancellationToken stop = default)
    {
        await using var connection = await _source.OpenConnectionAsync(stop);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        return await work(Begin(connection, snapshot));
    }

    internal override async Task Prepare(IReadOnlyList<Migration> migrations, CancellationToken stop)
    {
        await using var connection = await _source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(@MigrationLock)", new { MigrationLock }, transaction);
        await Migration.Apply(migrations, connection, transaction, Seams.Clock.GetUtcNow());
        await transaction.CommitAsync(stop);
    }

    private async Task<T> Once<T>(Func<Transaction, Task<T>> work, CancellationToken stop)
    {
        await using var connection = await _source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
        var one = Begin(connection, transaction);
        var result = await Bounded(work(one));
        await one.Flush();
        Seams.Commit?.Invoke("before");
        await transaction.CommitAsync(CancellationToken.None);
        Seams.Commit?.Invoke("after");
        one.Committed();
        if (one.HasEvents) Log.Wake();
        return result;
    }

    /// <summary>What SQLite's writer sees at once, only the clock tells here: work that waits for something else (S3).</summary>
    private async Task<T> Bounded<T>(Task<T> work)
    {
        try
        {
            return await work.WaitAsync(LongestTransaction, Seams.Clock);
        }
        catch (TimeoutException)
        {
            throw new BrokenRuleException("a transaction awaited something other than the database, or took over 10 s (S3)");
        }
    }

    private protected override async Task<DbConnection> OpenForReading(CancellationToken stop) => await _source.OpenConnectionAsync(stop);

    public override ValueTask DisposeAsync() => _source.DisposeAsync();
}
