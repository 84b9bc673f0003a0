using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Stoa.Supervision.Tests;

/// <summary>The tiny process of tests/Probe, its folder and its port; gone when the test is over.</summary>
internal sealed class Probe : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stoa-supervision-");
    private readonly List<Supervised> _started = [];

    public Uri Url { get; } = new($"http://127.0.0.1:{FreePort()}");

    public List<ProcessChange> Changes { get; } = [];

    public string LogFile => Path.Combine(_folder.FullName, "probe.log");

    public static string Program { get; } = Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Probe", "release", OperatingSystem.IsWindows() ? "Probe.exe" : "Probe");

    public ProcessPlan Plan(params string[] way) => new("probe", Program, ["serve", Url.ToString(), .. way], Url, LogFile)
    {
        BackOff = new BackOff(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100)),
    };

    public Supervised Start(params string[] way) => Start(Plan(way));

    public Supervised Start(ProcessPlan plan)
    {
        var process = new Supervised(plan, Note);
        _started.Add(process);
        process.Start();
        return process;
    }

    public async Task<Supervised> StartReady(params string[] way)
    {
        var process = Start(way);
        Assert.Equal(ProcessState.Ready, await process.Settled(Stop));
        return process;
    }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static bool Runs(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Waits for what another process does: bounded, and at the pace of the thing.</summary>
    public static async Task Until(Func<bool> condition, string what)
    {
        for (var waited = Stopwatch.StartNew(); !condition(); await Task.Delay(10, Stop))
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(20), $"{what} did not happen within 20 s");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _started) await process.Stop(TimeSpan.Zero);
        _folder.Delete(recursive: true);
    }

    private void Note(ProcessChange change)
    {
        lock (Changes) Changes.Add(change);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
