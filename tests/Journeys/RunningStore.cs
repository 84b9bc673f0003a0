using System.Net;
using System.Net.Sockets;
using System.Text;
using Stoa.Audit;
using Stoa.Journeys;
using Stoa.Kit;
using Stoa.Launcher;
using Stoa.Supervision;

// One store for all journeys, so they walk one after the other: some of them kill its services.
[assembly: AssemblyFixture(typeof(RunningStore))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Stoa.Journeys;

/// <summary>The shipped processes, started by the Launcher's own code on a temporary folder, full of the demo catalogue.</summary>
public sealed class RunningStore : IAsyncLifetime
{
    /// <summary>After trouble, everything is settled within a minute.</summary>
    private static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stoa-journeys-");
    private Store _store = null!;

    public DataFolder Data => new(Path.Combine(_folder.FullName, "data"));

    /// <summary>What the processes tell of traced calls.</summary>
    public TraceReceiver Traces { get; private set; } = null!;

    /// <summary>Where webhooks may go on this machine: a port that is a test's to listen at.</summary>
    public int WebhookPort { get; } = TestPorts.Next();

    public IReadOnlyList<Supervised> Processes => _store.Processes;

    /// <summary>Calls through the Gateway, as nobody.</summary>
    public Api Gateway => At(Topology.Gateway);

    public Supervised this[string name] => _store[name];

    /// <summary>Calls a process itself, past the Gateway, as nobody.</summary>
    public Api At(string process) => new(new HttpClient { BaseAddress = _store[process].Plan.Url, Timeout = TimeSpan.FromSeconds(20) });

    public Task<Shopper> Shopper() => Journeys.Shopper.SignUp(Gateway);

    public async Task<Api> Staff()
    {
        var login = await Gateway.Post("/api/sessions", new { _store.Staff.Email, _store.Staff.Password });
        return Gateway.As(login.Json.GetProperty("accessToken").GetString());
    }

    /// <summary>What the audit finds wrong, and still finds a minute later.</summary>
    public Task<IReadOnlyList<string>> Wrongs() => Wrongs(_store, Data, new Journal());

    internal static async Task<IReadOnlyList<string>> Wrongs(Store store, DataFolder data, Journal journal)
    {
        var reading = await AuditStore.Settled(
            data, name => store.Processes.FirstOrDefault(one => one.Plan.Name == name)?.Plan.Url, journal, SettlesWithin, CancellationToken.None);
        return [.. Invariant.All.SelectMany(one => reading.Offenders(one).Select(wrong => $"{one.Id}: {wrong.Subject}: {wrong.What}"))];
    }

    /// <summary>The path exactly as it stands: HttpClient would tidy it up.</summary>
    public async Task<int> StatusOf(string rawPath)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _store[Topology.Gateway].Plan.Url.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {rawPath} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return int.Parse((await reader.ReadLineAsync())!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("STOA_RATE_LIMITS", "off");
        Environment.SetEnvironmentVariable("Stoa__Webhooks__AllowedHosts", $"127.0.0.1:{WebhookPort}");
        Traces = await TraceReceiver.Open();
        var repository = Repository.Find();
        _store = Store.Open(new StoreOptions(Data, Port: 0), Topology.Processes, repository);
        await _store.Start(CancellationToken.None);
        await FillStore.Run(_store, Data, repository, _ => { }, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await Traces.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
