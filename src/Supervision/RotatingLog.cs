using System.Text;

namespace Stoa.Supervision;

/// <summary>
/// A log file that never grows past its cap: when full it becomes <c>name.1.log</c>, replacing the one before,
/// so that a process holds at most two caps of disk.
/// </summary>
public sealed class RotatingLog : IDisposable
{
    private const long DefaultCapBytes = 10 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly long _capBytes;
    private StreamWriter _writer;
    private long _length;
    private bool _closed;

    /// <summary>Opens the file to append to it; its folder is made when missing.</summary>
    public RotatingLog(string path, long capBytes = DefaultCapBytes)
    {
        Path = path;
        _capBytes = capBytes;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        _writer = Open();
    }

    /// <summary>The file that is written now.</summary>
    public string Path { get; }

    /// <summary>The file that was full before.</summary>
    public string Previous => System.IO.Path.ChangeExtension(Path, ".1" + System.IO.Path.GetExtension(Path));

    /// <summary>Appends one line. Lines after <see cref="Dispose"/> are dropped: nobody is there to read them.</summary>
    public void Write(string line)
    {
        lock (_gate)
        {
            if (_closed) return;
            if (_length > _capBytes) Rotate();
            _writer.WriteLine(line);
            _length += Encoding.UTF8.GetByteCount(line) + 1;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _writer.Dispose();
        }
    }

    private void Rotate()
    {
        _writer.Dispose();
        File.Move(Path, Previous, overwrite: true);
        _writer = Open();
    }

    private StreamWriter Open()
    {
        // Others may read it while it is written (`stoa logs --follow`), and move it away.
        var file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        _length = file.Length;
        return new StreamWriter(file) { AutoFlush = true, NewLine = "\n" };
    }
}
