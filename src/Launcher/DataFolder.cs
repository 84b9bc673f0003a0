namespace Stoa.Launcher;

/// <summary>
/// Where one store keeps everything: a folder per service, secrets, logs, and what runs now. Whoever holds its lock
/// runs the store; the operating system lets go of it however the Launcher ends.
/// </summary>
public sealed class DataFolder(string path)
{
    public string FullPath { get; } = Path.GetFullPath(path);

    public string Secrets => Path.Combine(FullPath, "secrets");

    public string RunFile => Path.Combine(FullPath, "run.json");

    /// <summary>For a Prometheus that looks at this store.</summary>
    public string ScrapeTargets => Path.Combine(FullPath, "prometheus.json");

    private string LockFile => Path.Combine(FullPath, "lock");

    public string Of(string process) => Path.Combine(FullPath, process);

    /// <summary>The database of a service, where it is a file.</summary>
    public string FileOf(string service) => Path.Combine(Of(service), service + ".db");

    public string LogOf(string process) => Path.Combine(FullPath, "logs", process + ".log");

    /// <summary>Makes the folder, for its owner only, and holds it until the lock is disposed.</summary>
    /// <exception cref="CannotGoOnException">Not writable, or another store runs on it.</exception>
    public FileStream Lock()
    {
        try
        {
            MakePrivate(FullPath);
            return LockSoon() ?? throw new CannotGoOnException($"A store runs on {FullPath} already. See ./stoa status, end it with ./stoa down, or name another folder with --data.");
        }
        catch (UnauthorizedAccessException refusal)
        {
            throw NotWritable(refusal.Message);
        }
        catch (IOException refusal)
        {
            throw NotWritable(refusal.Message);
        }
    }

    /// <summary>Whether a store runs on the folder now.</summary>
    public bool IsLocked()
    {
        if (!File.Exists(LockFile)) return false;
        using var mine = TryLock();
        return mine is null;
    }

    /// <summary>Makes a folder that only its owner can read.</summary>
    public static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private CannotGoOnException NotWritable(string reason) =>
        new($"{FullPath} cannot be written: {reason} Name another folder with --data.");

    // Another command may hold it for a moment, to see whether a store runs.
    private FileStream? LockSoon()
    {
        for (var tries = 1; tries < 5; tries++)
        {
            if (TryLock() is { } mine) return mine;
            Thread.Sleep(20);
        }
        return TryLock();
    }

    private FileStream? TryLock()
    {
        try
        {
            return new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (IsSharingViolation(held))
        {
            return null;
        }
    }

    // .NET passes on the error number of flock(2), EWOULDBLOCK of Linux or macOS, or ERROR_SHARING_VIOLATION.
    private static bool IsSharingViolation(IOException held) => held.HResult is 11 or 35 or unchecked((int)0x80070020);
}
