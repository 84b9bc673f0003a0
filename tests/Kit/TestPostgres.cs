using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Stoa.Kit;

/// <summary>The PostgreSQL server of this test process: the one that <c>STOA_TEST_POSTGRES</c> names (a connection string
/// of a role that may create databases), or one of its own in a temporary folder, stopped and deleted at the end. Tests
/// use it when <c>STOA_TEST_ENGINE</c> is <c>postgres</c>.</summary>
public static class TestPostgres
{
    private static readonly Lazy<Task<string>> Server = new(() => Task.Run(Find));

    /// <summary>Whether services under test keep their data in PostgreSQL.</summary>
    public static bool IsWanted => Environment.GetEnvironmentVariable("STOA_TEST_ENGINE") == "postgres";

    /// <summary>Makes an empty database.</summary>
    /// <param name="name">Lower-case letters, digits and underscores.</param>
    /// <returns>Its connection string.</returns>
    public static async Task<string> Create(string name)
    {
        await Run($"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(await Server.Value) { Database = name, MaxPoolSize = 12 }.ConnectionString;
    }

    /// <summary>Ends all connections to a database and deletes it.</summary>
    public static Task Drop(string name) => Run($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    private static async Task Run(string sql)
    {
        await using var source = NpgsqlDataSource.Create(await Server.Value);
#pragma warning disable CA2100 // names made by this class
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static Task<string> Find() =>
        Environment.GetEnvironmentVariable("STOA_TEST_POSTGRES") is { Length: > 0 } given ? Task.FromResult(given) : StartOwn();

    private static async Task<string> StartOwn()
    {
        var folder = Directory.CreateTempSubdirectory("stoa-postgres-").FullName;
        var bin = Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin")).First();
        if (Environment.IsPrivilegedProcess) Wait(Process.Start("chown", ["postgres", folder]));
        Wait(AsPostgres(Path.Combine(bin, "initdb"), "-D", folder, "-U", "stoa", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"));
        var port = TestPorts.Next();
        var server = await OnALastingThread(() => AsPostgres(Path.Combine(bin, "postgres"), "-D", folder, "-p", port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "max_connections=300"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(server, folder);
        var connection = $"Host=127.0.0.1;Port={port};Username=stoa;Database=postgres";
        await Eventually.Is(() => Answers(connection), "the PostgreSQL server");
        return connection;
    }

    /// <summary>The kernel's parent-death signal means the thread that forked, not its process: the server must not hang
    /// on a thread that the pool ends when it has less to do.</summary>
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

    /// <summary>PostgreSQL refuses root; a container's test run is often root.</summary>
    private static Process AsPostgres(string program, params string[] args)
    {
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--pdeathsig=KILL", program, .. args])
            : new ProcessStartInfo(program, args);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void Wait(Process process)
    {
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{process.StartInfo.FileName} ended with {process.ExitCode}");
    }

    private static void Stop(Process server, string folder)
    {
        server.Kill(entireProcessTree: true);
        server.WaitForExit(5000); // not without a bound: that would wait for its children's pipes
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<bool> Answers(string connection)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(connection);
            await using var open = await source.OpenConnectionAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
