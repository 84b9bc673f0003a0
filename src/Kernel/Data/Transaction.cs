using System.Data.Common;
using Stoa.Contracts;

namespace Stoa.Kernel;

/// <summary>A unit of work: all of it becomes durable in one commit, or none. Inside it nothing is awaited but its own
/// methods (S3). It may run more than once (S2), so whatever reaches outside goes into <see cref="OnCommitted"/>.</summary>
public sealed class Transaction : Sql
{
    private readonly DbConnection _connection;
    private readonly DbTransaction? _transaction;
    private readonly EventLog _log;
    private readonly Lock _turn = new();
    private readonly List<PendingEvent> _events = [];
    private List<Action>? _committed;
    private Task _statement = Task.CompletedTask;
    private bool _ended;

    internal Transaction(DbConnection connection, DbTransaction? transaction, Dialect dialect, EventLog log, DateTimeOffset now)
    {
        _connection = connection;
        _transaction = transaction;
        _log = log;
        Dialect = dialect;
        Now = now;
    }

    /// <inheritdoc/>
    public override Dialect Dialect { get; }

    /// <summary>The time at which the transaction began: one for all its rows.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>See <see cref="Dialect.Lock"/>.</summary>
    public string Lock => Dialect.Lock;

    internal bool HasEvents => _events.Count > 0;

    internal bool RunsStatement => !_statement.IsCompleted;

    /// <summary>Runs a statement that returns no rows.</summary>
    /// <returns>How many rows it wrote.</returns>
    /// <inheritdoc cref="Sql.Query{T}"/>
    public Task<int> Execute(string sql, object? args = null, CancellationToken stop = default) => Run(sql, args, stop);

    /// <summary>Runs a conditional write that must meet the state that was read.</summary>
    /// <param name="what">Named in the exception.</param>
    /// <param name="sql">Such as <c>UPDATE … WHERE id = @id AND version = @version</c>.</param>
    /// <param name="args">The statement's parameters.</param>
    /// <exception cref="OvertakenException">It wrote no row: the transaction rolls back and the caller reads again (P1).</exception>
    public async Task Expect(string what, string sql, object? args = null)
    {
        if (await Execute(sql, args) == 0) throw new OvertakenException(what);
    }

    /// <summary>Serialises transactions that name the same thing before it has a row to lock. SQLite has one writer anyway.</summary>
    /// <param name="thing">Such as <c>order 0192…</c>.</param>
    public async Task LockName(string thing)
    {
        if (Dialect.IsPostgres) await Execute(Dialect.LockText, new { text = thing });
    }

    /// <summary>Appends an event to this service's log; it exists when, and only when, the transaction commits (E1).</summary>
    public void Append<T>(T happened) where T : IEvent => _events.Add(_log.Prepare(happened, Now));

    /// <summary>Runs after the commit, on the committing thread: short, never throwing, such as waking a loop.</summary>
    public void OnCommitted(Action action) => (_committed ??= []).Add(action);

    /// <summary>Events go in last, so that on PostgreSQL their insert order follows the rows they tell of (E1).</summary>
    internal async Task Flush()
    {
        foreach (var happened in _events) await Execute(EventLog.Insert, happened);
    }

    internal void Committed()
    {
        foreach (var action in _committed ?? []) action();
    }

    /// <summary>Waits for the statement that runs, however it ends; no other ever will.</summary>
    internal async Task End()
    {
        lock (_turn) _ended = true;
        await _statement.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private protected override Task<T> On<T>(Func<DbConnection, DbTransaction?, Task<T>> run, CancellationToken stop)
    {
        lock (_turn)
        {
            if (_ended) throw new BrokenRuleException("a transaction was used after its end");
            if (RunsStatement) throw new BrokenRuleException("a transaction runs one statement at a time");
            var statement = run(_connection, _transaction);
            _statement = statement;
            return statement;
        }
    }
}
