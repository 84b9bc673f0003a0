using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Stoa.Bare;

/// <summary>One-row commits to a SQLite file in WAL mode with <c>synchronous=FULL</c>: those that wait share one COMMIT,
/// and with it one fsync; or each has its own.</summary>
public sealed class GroupedCommits : ICommits
{
    private const int MostInAGroup = 256;

    private readonly BlockingCollection<TaskCompletionSource> _waiting = [];
    private readonly SqliteConnection _connection;
    private readonly Thread _writer;
    private readonly int _most;

    /// <param name="file">The database; made when it is not there.</param>
    /// <param name="grouped">False gives each row a COMMIT of its own.</param>
    public GroupedCommits(string file, bool grouped)
    {
        _most = grouped ? MostInAGroup : 1;
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Do("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
        _writer = new Thread(Serve) { IsBackground = true };
        _writer.Start();
    }

    /// <inheritdoc/>
    public Task Add()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add(done);
        return done.Task;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _writer.Join();
        _connection.Dispose();
        _waiting.Dispose();
    }

    private void Serve()
    {
        using var insert = _connection.CreateCommand();
        insert.CommandText = "INSERT INTO rows (text) VALUES (@text)";
        insert.Parameters.AddWithValue("@text", new string('x', 200));
        var group = new List<TaskCompletionSource>(_most);
        while (_waiting.TryTake(out var first, Timeout.Infinite))
        {
            group.Clear();
            Do("BEGIN IMMEDIATE");
            for (var one = first; one is not null; one = group.Count < _most && _waiting.TryTake(out var next) ? next : null)
            {
                insert.ExecuteNonQuery();
                group.Add(one);
            }

            Do("COMMIT");
            foreach (var one in group) one.SetResult();
        }
    }

    private void Do(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
