using System.Diagnostics;
using Stoa.Supervision;

namespace Stoa.Launcher.Tests;

/// <summary>A whole store whose every process is the tiny one of tests/Probe: what the Launcher does, in a second.</summary>
internal sealed class ProbeStore : IAsyncDisposable
{
    public static readonly IReadOnlyList<StoreProcess> Probes =
        [.. Topology.Processes.Select(process => process with { Project = "Probe" })];

    /// <summary>Enough to start: the door, one with data, one without.</summary>
    public static readonly IReadOnlyList<StoreProcess> Few =
        [.. Probes.Where(process => process.Name is "orders" or "storefront" or Topology.Gateway)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stoa-launcher-");
    private readonly List<Store> _opened = [];

    public ProbeStore() => Data = new DataFolder(Path.Combine(_folder.FullName, "data"));

    public DataFolder Data { get; }

    public List<ProcessChange> Changes { get; } = [];

    public Dictionary<string, string> Environment { get; } = [];

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Store Open(StoreOptions? options = null, Func<string, Uri, Uri>? front = null) => Open(options, Probes, front);

    public Store Open(IReadOnlyList<StoreProcess> topology) => Open(null, topology);

    public async Task<Store> Start(StoreOptions? options = null)
    {
        var store = Open(options, Few);
        await store.Start(Stop);
        return store;
    }

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

    public static async Task Until(Func<bool> condition, string what)
    {
        for (var waited = Stopwatch.StartNew(); !condition(); await Task.Delay(10, Stop))
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(20), $"{what} did not happen within 20 s");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _opened) await store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Store Open(StoreOptions? options, IReadOnlyList<StoreProcess> topology, Func<string, Uri, Uri>? front = null)
    {
        var store = Store.Open(
            options ?? new StoreOptions(Data, Port: 0), topology, Repository.Find(), change => Changes.Add(change),
            name => Environment.GetValueOrDefault(name), front);
        _opened.Add(store);
        return store;
    }
}
