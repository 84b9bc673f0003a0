using System.Diagnostics;
using System.Globalization;

namespace Stoa.Supervision;

/// <summary>
/// A PostgreSQL server for tests and measurements: in a temporary folder, on loopback, without a password. It keeps what its
/// owner needs it to keep. It ends with its owner: by <see cref="DisposeAsync"/>, or where the kernel can, by the owner's death.
/// </summary>
public sealed class ThrowawayPostgres : IAsyncDisposable
{
    private const string DebianFolder = "/usr/lib/postgresql";

    private static readonly string[] Settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300"];

    // what need not outlive a power cut is not waited for
    private static readonly string[] WithoutPromises = ["fsync=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "jit=off"];

    private readonly string _folder;
    private readonly int _port;
    private readonly string[] _settings;
    private Process _server;

    private ThrowawayPostgres(string folder, Process server, int port, string[] settings)
    {
        _folder = folder;
        _port = port;
        _settings = settings;
        _server = server;
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=stoa;Database=postgres";
    }

    /// <summary>Of the process that began it, the parent of those that serve.</summary>
    public int Pid => _server.Id;

    /// <summary>Of its superuser.</summary>
    public string ConnectionString { get; }

    /// <summary>The folder of the server's programs: the newest of Debian's, or where PATH has them. Null: not installed.</summary>
    public static string? Programs { get; } = DebianFolders().Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    /// <summary>Makes and starts one, and waits until it answers.</summary>
    /// <param name="port">A free port.</param>
    /// <param name="stop">Ends the wait, and the server.</param>
    /// <param name="keeps">What has to outlast what; the more, the slower.</param>
    /// <exception cref="InvalidOperationException">There are no programs, or one of them failed.</exception>
    public static async Task<ThrowawayPostgres> Start(int port, CancellationToken stop, PostgresKeeps keeps = PostgresKeeps.Nothing)
    {
        if (Programs is null) throw new InvalidOperationException("The programs of a PostgreSQL server are not installed (Debian: apt install postgresql).");
        var folder = Directory.CreateTempSubdirectory("stoa-postgres-").FullName;
        if (Environment.IsPrivilegedProcess) await Run(Process.Start("chown", ["postgres", folder]), stop);
        await Run(Start("initdb", "-D", folder, "-U", "stoa", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"), stop);
        var settings = SettingsFor(keeps);
        var postgres = new ThrowawayPostgres(folder, await Serve(folder, port, settings), port, settings);
        try
        {
            await postgres.Answers(port, stop);
            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>kill -9 of the server, and a new one on the same data, once the last of the old one's processes is gone.</summary>
    public async Task Kill(CancellationToken stop)
    {
        _server.Kill();
        do
        {
            await _server.WaitForExitAsync(stop);
            _server.Dispose();
            _server = await Serve(_folder, _port, _settings);
        }
        while (!await Begins(stop));
    }

    /// <summary>Ends it at once and deletes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Directory.Exists(_folder)) return;
        if (!_server.HasExited) await Run(Start("pg_ctl", "stop", "-D", _folder, "-m", "immediate", "-w"), CancellationToken.None);
        await _server.WaitForExitAsync();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<string> DebianFolders() => Directory.Exists(DebianFolder)
        ? Directory.GetDirectories(DebianFolder).OrderByDescending(folder => double.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)).Select(folder => Path.Combine(folder, "bin"))
        : [];

    /// <returns>Whether it answers; false: it has ended, because its forerunner's processes still hold the data.</returns>
    private async Task<bool> Begins(CancellationToken stop)
    {
        try
        {
            await Answers(_port, stop);
            return true;
        }
        catch (InvalidOperationException)
        {
            await Task.Delay(100, stop);
            return false;
        }
    }

    private static string[] SettingsFor(PostgresKeeps keeps) => keeps switch
    {
        PostgresKeeps.ThroughPowerCuts => Settings,
        PostgresKeeps.ThroughKills => [.. Settings, .. WithoutPromises],
        _ => [.. Settings, .. WithoutPromises, "synchronous_commit=off"],
    };

    private static Task<Process> Serve(string folder, int port, string[] settings) => OnALastingThread(() => Start("postgres",
        ["-D", folder, "-p", port.ToString(CultureInfo.InvariantCulture), .. settings.SelectMany(setting => new[] { "-c", setting })]));

    private async Task Answers(int port, CancellationToken stop)
    {
        while (true)
        {
            if (_server.HasExited) throw new InvalidOperationException($"PostgreSQL ended with {_server.ExitCode}.");
            using var ask = Start("pg_isready", "-q", "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture));
            await ask.WaitForExitAsync(stop);
            if (ask.ExitCode == 0) return;
            await Task.Delay(50, stop);
        }
    }

    private static async Task Run(Process process, CancellationToken stop)
    {
        using var running = process;
        await running.WaitForExitAsync(stop);
        if (running.ExitCode != 0) throw new InvalidOperationException($"{running.StartInfo.FileName} {string.Join(' ', running.StartInfo.ArgumentList)} ended with {running.ExitCode}.");
    }

    /// <summary>PostgreSQL refuses root, and a container's test run is often root: then as the user postgres. On Linux it
    /// gets a death signal for the case that its owner is killed.</summary>
    private static Process Start(string program, params string[] args)
    {
        var path = Path.Combine(Programs!, program);
        string[] user = Environment.IsPrivilegedProcess ? ["--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
        var start = OperatingSystem.IsLinux()
            ? new ProcessStartInfo("setpriv", [.. user, "--pdeathsig=QUIT", path, .. args])
            : new ProcessStartInfo(path, args);
        (start.RedirectStandardOutput, start.RedirectStandardError, start.WorkingDirectory) = (true, true, Path.GetTempPath());
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>The kernel's death signal means the thread that forked, not its process: the server must not hang on a
    /// thread that the pool ends when it has less to do.</summary>
    private static Task<T> OnALastingThread<T>(Func<T> start)
    {
        var started = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            started.SetResult(start());
            Thread.Sleep(Timeout.Infinite);
        })
        { IsBackground = true, Name = "postgres parent" }.Start();
        return started.Task;
    }
}

/// <summary>What a throwaway server keeps of what was committed.</summary>
public enum PostgresKeeps
{
    /// <summary>Nothing once it ends: for tests of everything else.</summary>
    Nothing,

    /// <summary>All of it, after <see cref="ThrowawayPostgres.Kill"/>.</summary>
    ThroughKills,

    /// <summary>All of it, whatever happens: the server's own defaults.</summary>
    ThroughPowerCuts,
}
