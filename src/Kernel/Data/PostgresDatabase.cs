using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;

namespace Stoa.Kernel;

/// <summary>PostgreSQL: a pool, a transaction per write; serialization failures and deadlocks run again with jitter (S2).
/// <para>Waits here are of real time, never of the seams' clock: what they bound is how long a connection and its locks
/// are held. The server ends a statement after 10 s, and the session of a process that sleeps inside a transaction; we
/// end a transaction after 10 s, once the statement that runs has ended.</para></summary>
internal sealed class PostgresDatabase : Database
{
    private const int MostRuns = 8;
    private const long MigrationLock = 0x53746F61; // "Stoa"
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromSeconds(10);

    private readonly NpgsqlConnectionStringBuilder _given;
    private readonly NpgsqlDataSource _source;
    private readonly Entropy _entropy;

    public PostgresDatabase(StoaOptions options, Seams seams, EventLog log) : base(options, seams, log)
    {
        _given = new NpgsqlConnectionStringBuilder(options.Database);
        _source = NpgsqlDataSource.Create(Bounded(_given));
        _entropy = seams.Entropy ?? new Entropy(seams.Clock);
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
                await Task.Delay(_entropy.BackOff(run, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(200)), CancellationToken.None);
            }
            catch (DbException fault) when (Dialect.IsAway(fault) || Dialect.MayRunAgain(fault))
            {
                throw new UnavailableException("the database", fault);
            }
        }
    }

    public override async Task<T> Read<T>(Func<Transaction, Task<T>> work, CancellationToken stop = default)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(stop);
            await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
            return await Ended(Begin(connection, snapshot), work);
        }
        catch (DbException fault) when (Dialect.IsAway(fault))
        {
            throw new UnavailableException("the database", fault);
        }
    }

    internal override async Task Prepare(IReadOnlyList<Migration> migrations, CancellationToken stop)
    {
        // on a connection without bounds: a migration takes the time it takes, and another replica's is waited for
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_given.ConnectionString) { CommandTimeout = 0, Pooling = false }.ConnectionString);
        await connection.OpenAsync(stop);
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
        var result = await Ended(one, async tx =>
        {
            var answer = await work(tx);
            await tx.Flush();
            return answer;
        });
        Seams.Commit?.Invoke("before");
        await Commit(transaction);
        Seams.Commit?.Invoke("after");
        Telemetry.Commits.Add(1);
        one.Committed();
        if (one.HasEvents) Log.Committed();
        return result;
    }

    /// <summary>Runs work to its end or the bound. Either way the transaction is over when this returns: no statement of it
    /// runs or ever will, so that its connection may be rolled back and used again. What SQLite's writer sees at once, only
    /// the time tells here: work that waits for something else (S3).</summary>
    private static async Task<T> Ended<T>(Transaction one, Func<Transaction, Task<T>> work)
    {
        var running = work(one);
        try
        {
            return await running.WaitAsync(LongestTransaction);
        }
        catch (TimeoutException late) when (!running.IsCompleted)
        {
            throw one.RunsStatement
                ? new UnavailableException("the database", late)
                : new BrokenRuleException("a transaction awaited something other than the database, or took over 10 s (S3)");
        }
        finally
        {
            await one.End();
        }
    }

    /// <summary>Whoever loses the connection here cannot know whether the server had already committed (S2).</summary>
    private static async Task Commit(NpgsqlTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (DbException fault) when (Dialect.IsAway(fault))
        {
            throw new UnavailableException("the database", fault) { OutcomeUnknown = true };
        }
    }

    /// <summary>The client's bounds lie above the server's, which leave the connection whole. A session is not reset between
    /// its users: nothing of ours outlives a transaction in it, and a reset costs the server more than most transactions. Nor
    /// does the server compile statements: all of ours end before that would pay.</summary>
    private static NpgsqlConnectionStringBuilder Bounded(NpgsqlConnectionStringBuilder given)
    {
        var bounded = new NpgsqlConnectionStringBuilder(given.ConnectionString) { MaxAutoPrepare = 100, AutoPrepareMinUsages = 2, CommandTimeout = 15, NoResetOnClose = true };
        var said = new DbConnectionStringBuilder { ConnectionString = given.ConnectionString };
        if (!said.ContainsKey("Maximum Pool Size")) bounded.MaxPoolSize = 32;
        if (!said.ContainsKey("Timeout")) bounded.Timeout = 4; // inside the 5 s that a request has
        bounded.Options = $"-c statement_timeout=10s -c idle_in_transaction_session_timeout=10s -c jit=off {given.Options}".TrimEnd();
        return bounded;
    }

    private protected override async Task<DbConnection> OpenForReading(CancellationToken stop) => await _source.OpenConnectionAsync(stop);

    public override ValueTask DisposeAsync() => _source.DisposeAsync();
}
