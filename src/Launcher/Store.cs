using System.Diagnostics;
using System.Net;
using Stoa.Supervision;

namespace Stoa.Launcher;

/// <summary>A store that runs on a data folder: its processes, from start to stop.</summary>
public sealed class Store : IAsyncDisposable
{
    private readonly StoreOptions _options;
    private readonly StorePlan _plan;
    private readonly FileStream _held;
    private readonly Postgres? _postgres;
    private readonly Lock _gate = new();
    private bool _ended;

    private Store(StoreOptions options, StorePlan plan, Secrets secrets, Postgres? postgres, FileStream held, Action<ProcessChange>? report)
    {
        _postgres = postgres;
        _options = options;
        _plan = plan;
        _held = held;
        (Staff, StaffFile) = (secrets.Staff(), secrets.StaffFile);
        Processes = plan.Processes().Select(one => new Supervised(one, change => Note(change, report))).ToList();
    }

    public IReadOnlyList<Supervised> Processes { get; }

    public Staff Staff { get; }

    public string StaffFile { get; }

    public string Currency => _plan.Currency;

    /// <summary>The shop, as people on this machine type it.</summary>
    public Uri PublicUrl => _plan.PublicUrl;

    public Supervised this[string name] => Processes.First(process => process.Plan.Name == name);

    /// <summary>Takes the folder and the port, or says why not. Nothing runs yet.</summary>
    /// <param name="report">Told of each change of state of a process.</param>
    /// <param name="environment">Its variables; null for ours.</param>
    /// <param name="front">Puts something between a process and its callers: given its name and where it listens, says where they find it.</param>
    /// <exception cref="CannotGoOnException">The folder is not writable or in use, the port is taken, an option is wrong, the
    /// database server cannot be used.</exception>
    public static Store Open(
        StoreOptions options, IReadOnlyList<StoreProcess> topology, Repository repository, Action<ProcessChange>? report = null,
        Func<string, string?>? environment = null, Func<string, Uri, Uri>? front = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        front ??= (_, url) => url;
        var addresses = options.Addresses();
        var counts = Scale.Parse(options.Scale, topology, (options.Postgres ?? Secrets.ServerOf(options.Data)) is not null);
        var held = options.Data.Lock();
        try
        {
            var secrets = new Secrets(options.Data, environment);
            if (options.Postgres is not null && secrets.Server is null && topology.Any(one => File.Exists(options.Data.FileOf(one.Name))))
                throw new CannotGoOnException($"The store on {options.Data.FullPath} keeps its data in files. Name another folder with --data for one on PostgreSQL.");
            if (options.Port != 0 && !IsFree(addresses, options.Port, File.Exists(options.Data.RunFile)))
                throw new CannotGoOnException($"Port {options.Port} is taken by another program. End that one, or choose another port with --port.");
            var port = options.Port == 0 ? Ports.Free(1)[0] : options.Port;
            var postgres = Postgres.Prepare(options.Postgres, secrets, topology.Where(one => one.OwnsData).ToDictionary(one => one.Name, one => counts.GetValueOrDefault(one.Name, 1)));
            var plan = new StorePlan(options, port, topology, counts, repository, secrets, postgres, environment, front);
            var store = new Store(options, plan, secrets, postgres, held, report);
            store.WriteRunFile();
            ScrapeTargets.Write(options.Data, plan.ScrapeTargets());
            return store;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Where a program on this machine reaches a service, past the Gateway.</summary>
    public Uri UrlOf(string service) => _plan.UrlOf(service);

    /// <summary>Starts every process at once and waits until each is ready.</summary>
    /// <exception cref="CannotGoOnException">One of them did not get ready; those that did are still running.</exception>
    public async Task Start(CancellationToken stop)
    {
        foreach (var process in Processes) process.Start();
        await foreach (var settled in Task.WhenEach(Processes.Select(process => Settle(process, stop))).WithCancellation(stop)) await settled;
    }

    /// <summary>Ends the Gateway first, so that no request comes in, then all others.</summary>
    public async Task Stop()
    {
        await Task.WhenAll(Processes.Select(process => process.LetGo()));
        await Task.WhenAll(Processes.Where(process => process.Plan.Name == Topology.Gateway).Select(process => process.Stop()));
        await Task.WhenAll(Processes.Select(process => process.Stop()));
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, true)) return;   // the folder may be another store's by now
        await Stop();
        if (_options.IsTemporary) _postgres?.Drop();
        File.Delete(_options.Data.RunFile);
        await _held.DisposeAsync();
    }

    /// <summary>After a killed Launcher (its run file is still there), its processes are on their way out: they get a moment.</summary>
    private static bool IsFree(IPAddress[] addresses, int port, bool afterKill)
    {
        for (var waited = Stopwatch.StartNew(); ; Thread.Sleep(50))
        {
            if (addresses.All(address => Ports.IsFree(address, port))) return true;
            if (!afterKill || waited.Elapsed > TimeSpan.FromSeconds(5)) return false;
        }
    }

    private static async Task Settle(Supervised process, CancellationToken stop)
    {
        if (await process.Settled(stop) is not ProcessState.Failed) return;
        var lastWords = string.Join('\n', File.ReadLines(process.Plan.LogFile).TakeLast(5).Select(line => line.Length > 400 ? line[..400] + "…" : line));
        throw new CannotGoOnException($"{process.Plan.Name} did not start: {process.Failure}.\n{lastWords}\nIts log: {process.Plan.LogFile}");
    }

    private void Note(ProcessChange change, Action<ProcessChange>? report)
    {
        WriteRunFile();
        report?.Invoke(change);
    }

    private void WriteRunFile()
    {
        lock (_gate) new RunFile(Environment.ProcessId, _plan.GatewayPort, _plan.PublicUrl, Processes.Select(Status).ToList()).Write(_options.Data);
    }

    private ProcessStatus Status(Supervised process) => new(
        process.Plan.Name, process.Pid, process.Plan.Url, RunFile.Word(process.State), StorePlan.VersionOf(process.Plan), process.Restarts);
}
