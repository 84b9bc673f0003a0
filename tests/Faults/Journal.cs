using System.Collections.Concurrent;
using System.Text.Json;

namespace Stoa.Faults;

/// <summary>What shoppers were promised, a JSON object a line, on disk (fsync) before the shopper goes on: whatever
/// happens to the store afterwards, the audit holds it to these words.</summary>
public sealed class Journal : IAsyncDisposable
{
    private readonly BlockingCollection<(byte[] Line, TaskCompletionSource Kept)> _waiting = [];
    private readonly FileStream _file;
    private readonly Task _writer;

    /// <param name="path">A new file.</param>
    public Journal(string path)
    {
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Path = path;
        _writer = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Keeps one acknowledgement; ends when it is durable.</summary>
    public Task Keep(object acknowledgement)
    {
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add(([.. JsonSerializer.SerializeToUtf8Bytes(acknowledgement, JsonSerializerOptions.Web), (byte)'\n'], kept));
        return kept.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _waiting.CompleteAdding();
        await _writer;
        await _file.DisposeAsync();
    }

    /// <summary>As many lines as wait, then one fsync for all of them.</summary>
    private void Write()
    {
        List<TaskCompletionSource> written = [];
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            written.Clear();
            var next = first;
            do
            {
                _file.Write(next.Line);
                written.Add(next.Kept);
            }
            while (_waiting.TryTake(out next));
            _file.Flush(flushToDisk: true);
            foreach (var kept in written) kept.SetResult();
        }
    }
}
