using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Stoa.Sqlite;

namespace Stoa.Kernel;

/// <summary>The one writer of a SQLite database. It takes the transactions that wait, gives each a savepoint, and makes
/// all of them durable with one COMMIT and one fsync:
/// <list type="number">
/// <item><c>BEGIN IMMEDIATE</c>: the group holds the write lock from its start (S1);</item>
/// <item>each transaction runs on a savepoint of its own; one that fails rolls back alone;</item>
/// <item>after a failure the writer asks whether the group still stands; if not (disk full, I/O error), all of it fails and nothing more runs in it;</item>
/// <item><c>COMMIT</c>; if that fails its outcome is unknown, never "no": the process ends and reopens the file;</item>
/// <item>only now every answer leaves, the refusals among them too, for they may rest on a neighbour's rows.</item>
/// </list></summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int MostInAGroup = 256;
    private const int MostWaiting = 20_000;
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(20);

    private readonly KeepingConnection _connection;
    private readonly Func<KeepingConnection, Transaction> _begin;
    private readonly Action _wakeReaders;
    private readonly Seams _seams;
    private readonly Queue<Work> _waiting = new();
    private readonly List<Work> _group = [];
    private readonly Thread? _thread;
    private bool _closed;

    public SqliteWriter(KeepingConnection connection, Func<KeepingConnection, Transaction> begin, Action wakeReaders, Seams seams)
    {
        _connection = connection;
        _begin = begin;
        _wakeReaders = wakeReaders;
        _seams = seams;
        if (seams.Turns is not null) return;
        _thread = new Thread(Serve) { IsBackground = true, Name = "stoa writer" };
        _thread.Start();
    }

    public Task<T> Run<T>(Func<Transaction, Task<T>> work, CancellationToken stop)
    {
        var turn = new Work<T>(work, stop);
        if (!Add(turn)) throw new UnavailableException("the database");
        _seams.Turns?.Invoke(ServeWaiting);
        return turn.Answer;
    }

    public void Dispose()
    {
        lock (_waiting)
        {
            _closed = true;
            Monitor.Pulse(_waiting);
        }

        _thread?.Join();
        _connection.Dispose();
    }

    private bool Add(Work turn)
    {
        lock (_waiting)
        {
            if (_closed || _waiting.Count >= MostWaiting) return false;
            _waiting.Enqueue(turn);
            Monitor.Pulse(_waiting);
            return true;
        }
    }

    private Work? TakeWaiting()
    {
        lock (_waiting) return _waiting.TryDequeue(out var work) ? work : null;
    }

    /// <returns>Null when the writer closed and nothing waits any more.</returns>
    private Work? Take()
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0 && !_closed) Monitor.Wait(_waiting);
            return _waiting.TryDequeue(out var work) ? work : null;
        }
    }

    private void Serve()
    {
        while (Take() is { } first) Group(first);
    }

    private void ServeWaiting()
    {
        if (TakeWaiting() is { } first) Group(first);
    }

    private void Group(Work first)
    {
        _group.Clear();
        try
        {
            _connection.Run("BEGIN IMMEDIATE");
        }
        catch (SqliteException fault)
        {
            first.Fail(new UnavailableException("the database", fault));
            first.Leave();
            return;
        }

        var began = _seams.Clock.GetTimestamp();
        for (var work = first; work is not null; work = Next(began))
        {
            if (Turn(work)) continue;
            FailAll(new UnavailableException("the database"));
            return;
        }

        Commit();
    }

    private Work? Next(long began)
    {
        if (_group.Count >= MostInAGroup || _seams.Clock.GetElapsedTime(began) >= LongestTurn) return null;
        if (TakeWaiting() is { } work) return work;
        Thread.Yield(); // whoever is about to ask joins: a commit costs the same for one as for ten
        return TakeWaiting();
    }

    /// <returns>Whether the group still stands.</returns>
    private bool Turn(Work work)
    {
        if (work.GivenUp) return true;
        _group.Add(work);
        try
        {
            _connection.Run("SAVEPOINT turn");
            work.Do(_begin(_connection));
            _connection.Run("RELEASE turn");
            return true;
        }
#pragma warning disable CA1031 // whatever the work throws belongs to its caller, never to the writer
        catch (Exception fault)
#pragma warning restore CA1031
        {
            work.Fail(fault is SqliteException away && Dialect.IsAway(away) ? new UnavailableException("the database", away) : fault);
            return _connection.InTransaction && RollsBack();
        }
    }

    private bool RollsBack()
    {
        try
        {
            _connection.Run("ROLLBACK TO turn");
            _connection.Run("RELEASE turn");
            return _connection.InTransaction;
        }
        catch (SqliteException)
        {
            return false; // FailAll ends the group and tells every caller
        }
    }

    private void Commit()
    {
        try
        {
            _seams.Commit?.Invoke("before");
            _connection.Run("COMMIT");
        }
        catch (SqliteException fault)
        {
            FailAll(new UnavailableException("the database", fault));
            _seams.End($"a COMMIT failed and its outcome is unknown: {fault.Message}");
            return;
        }

        _seams.Commit?.Invoke("after");
        Telemetry.Commits.Add(1);
        var hasEvents = false;
        foreach (var work in _group)
        {
            hasEvents |= work.HasEvents;
            work.Committed();
        }

        if (hasEvents) _wakeReaders();
        foreach (var work in _group) work.Leave();
    }

    private void FailAll(UnavailableException fault)
    {
        if (_connection.InTransaction) _connection.Run("ROLLBACK");
        foreach (var work in _group)
        {
            work.Fail(fault);
            work.Leave();
        }
    }

    private abstract class Work
    {
        private Transaction? _transaction;

        public abstract bool GivenUp { get; }

        public bool HasEvents => _transaction?.HasEvents ?? false;

        public void Do(Transaction transaction)
        {
            RunOn(transaction);
            var flush = transaction.Flush();
            if (!flush.IsCompleted) throw new BrokenRuleException("appending events did not complete at once");
            flush.GetAwaiter().GetResult();
            _transaction = transaction;
        }

        public void Committed() => _transaction?.Committed();

        public abstract void Fail(Exception fault);

        public abstract void Leave();

        protected abstract void RunOn(Transaction transaction);
    }

    private sealed class Work<T>(Func<Transaction, Task<T>> work, CancellationToken stop) : Work
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Activity? _cause = Activity.Current;
        private T? _result;
        private Exception? _fault;

        public Task<T> Answer => _answer.Task;

        public override bool GivenUp => stop.IsCancellationRequested && _answer.TrySetCanceled(stop);

        public override void Fail(Exception fault) => _fault ??= fault;

        public override void Leave()
        {
            if (_fault is null) _answer.TrySetResult(_result!);
            else _answer.TrySetException(_fault);
        }

        protected override void RunOn(Transaction transaction)
        {
            Activity.Current = _cause is { IsStopped: false } ? _cause : null; // this thread is nobody's: what it appends is the caller's doing
            var running = work(transaction);
            if (!running.IsCompleted) throw new BrokenRuleException("a transaction awaited something other than the database (S3)");
            _result = running.GetAwaiter().GetResult();
        }
    }
}
