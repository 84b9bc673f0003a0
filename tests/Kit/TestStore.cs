using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stoa.Kernel;

namespace Stoa.Kit;

/// <summary>Builds a service's application: its <c>Program.Build</c>.</summary>
public delegate WebApplication Build(string[] args, Seams? seams);

/// <summary>Some services of the store in this process, with real HTTP between them and real databases in a folder of
/// their own. Services that a test does not start are down; the neighbour <c>test</c> may call every <c>/internal</c>.</summary>
public sealed class TestStore : IAsyncDisposable
{
    private static readonly string[] Names =
        ["users", "products", "inventory", "carts", "orders", "payments", "notifications", "gateway", "storefront", "backoffice", "sandbox"];

    private readonly Dictionary<string, int> _ports = [];
    private readonly Dictionary<string, Build> _builds = [];
    private readonly Dictionary<string, WebApplication> _running = [];
    private readonly Dictionary<string, string> _keys = [];
    private readonly Dictionary<string, string> _databases = [];
    private readonly Dictionary<string, string?> _settings;
    private readonly Func<string, HttpMessageHandler>? _outbound;
    private readonly Action<IHostApplicationBuilder>? _host;

    private TestStore(TimeProvider clock, Dictionary<string, string?>? settings, Func<string, HttpMessageHandler>? outbound,
        Action<IHostApplicationBuilder>? host)
    {
        Clock = clock;
        Tokens = new Tokens(clock);
        _settings = settings ?? [];
        _outbound = outbound;
        _host = host;
        Directory.CreateDirectory(Folder);
    }

    /// <summary>Where the databases lie; deleted at the end.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "stoa-test-" + Path.GetRandomFileName());

    public TimeProvider Clock { get; }

    /// <summary>Makes tokens. Services accept them unless Users runs among them.</summary>
    public Tokens Tokens { get; }

    /// <summary>Starts services, wired to one another.</summary>
    /// <param name="services">Name and <c>Program.Build</c>, in the order of starting.</param>
    /// <param name="clock">Null: the real one. Loops, leases and tokens follow it.</param>
    /// <param name="settings">Settings for all of them.</param>
    /// <param name="outbound">See <see cref="Seams.Outbound"/>; null: sockets.</param>
    /// <param name="host">See <see cref="Seams.Host"/>; null: nothing.</param>
    public static async Task<TestStore> Start(
        (string Name, Build Build)[] services, TimeProvider? clock = null, Dictionary<string, string?>? settings = null,
        Func<string, HttpMessageHandler>? outbound = null, Action<IHostApplicationBuilder>? host = null)
    {
        var store = new TestStore(clock ?? TimeProvider.System, settings, outbound, host);
        foreach (var name in Names.Concat(services.Select(one => one.Name)).Distinct()) store.Plan(name);
        foreach (var (name, build) in services)
        {
            store._builds[name] = build;
            if (TestPostgres.IsWanted) store._databases[name] = await TestPostgres.Create(store.DatabaseName(name));
            await store.Run(name);
        }

        return store;
    }

    /// <summary>A caller of a service's own address, without a token.</summary>
    public Api Api(string service) => new(new HttpClient { BaseAddress = new Uri(Url(service)) });

    /// <summary>A caller of a service's <c>/internal</c>.</summary>
    public Api Internal(string service) => Api(service) with { ServiceToken = Tokens.Service(Service(service)) };

    /// <summary>One service as the caller of another's <c>/internal</c>.</summary>
    public Api Internal(string service, string caller)
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(Path.Combine(Folder, caller + ".key")));
        return Api(service) with { ServiceToken = Tokens.Service(caller, key, Service(service)) };
    }

    public string Url(string service) => $"http://127.0.0.1:{_ports[service]}";

    /// <summary>Something from a running service's container, such as its <see cref="Database"/> or a loop.</summary>
    public T Get<T>(string service) where T : notnull => _running[service].Services.GetRequiredService<T>();

    /// <summary>Starts one more replica of a running service, on the same database (PostgreSQL, S4).</summary>
    /// <param name="service">The first one's name; the other services call that one alone.</param>
    /// <param name="database">Another way to the same database; null: the first one's.</param>
    /// <returns>Its name here, such as <c>orders#2</c>.</returns>
    public async Task<string> Replicate(string service, string? database = null)
    {
        var name = $"{service}#{_builds.Keys.Count(other => Service(other) == service) + 1}";
        Plan(name);
        _builds[name] = _builds[service];
        if (database is not null) _databases[name] = database;
        await Run(name);
        return name;
    }

    /// <summary>Stops a service; its database stays.</summary>
    public async Task Stop(string name)
    {
        if (!_running.Remove(name, out var app)) return;
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>Empties the database of a service that is stopped: as after a lost disk.</summary>
    public async Task LoseData(string name)
    {
        if (_databases.ContainsKey(name))
        {
            await TestPostgres.Drop(DatabaseName(name));
            await TestPostgres.Create(DatabaseName(name));
        }

        foreach (var file in Directory.GetFiles(Path.Combine(Folder, name), name + ".db*")) File.Delete(file);
    }

    /// <summary>Starts a service that was stopped, on its old address and database.</summary>
    public async Task Run(string name)
    {
        var app = _builds[name]([], new Seams { Clock = Clock, Settings = Settings(name), Outbound = _outbound, Host = _host });
        if (KeptRoutes.Fit(_builds[name])) KeptRoutes.In(app, _builds[name]);
        await app.StartAsync();
        _running[name] = app;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_running.Keys.ToArray().Select(Stop));
        Tokens.Dispose();
        TestPorts.GiveBack(_ports.Values);
        foreach (var name in _databases.Keys.Where(name => Service(name) == name)) await TestPostgres.Drop(DatabaseName(name));
        Directory.Delete(Folder, recursive: true);
    }

    private string DatabaseName(string service) => $"{Path.GetFileName(Folder)}_{service}".Replace('-', '_').Replace('.', '_').ToLowerInvariant();

    private static string Service(string name) => name.Split('#')[0];

    private void Plan(string name)
    {
        _ports[name] = TestPorts.Next();
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var file = Path.Combine(Folder, name + ".key");
        File.WriteAllText(file, key.ExportPkcs8PrivateKeyPem());
        _keys[name] = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        var data = Path.Combine(Folder, name);
        Directory.CreateDirectory(data);
        File.WriteAllText(Path.Combine(data, "jwks.json"), Tokens.Jwks);
    }

    private Dictionary<string, string?> Settings(string name)
    {
        var settings = new Dictionary<string, string?>
        {
            ["urls"] = Url(name),
            ["Stoa:DataFolder"] = Path.Combine(Folder, name),
            ["Stoa:ServiceKeyFile"] = Path.Combine(Folder, Service(name) + ".key"),
            ["Stoa:PublicUrl"] = Url("gateway"),
            ["Stoa:Services:test:PublicKey"] = Tokens.ServicePublicKey,
            ["STOA_RATE_LIMITS"] = "off",
        };
        foreach (var (other, key) in _keys.Where(one => Service(one.Key) == one.Key))
        {
            settings[$"Stoa:Services:{other}:Url"] = Url(other);
            settings[$"Stoa:Services:{other}:PublicKey"] = key;
        }

        if ((_databases.GetValueOrDefault(name) ?? _databases.GetValueOrDefault(Service(name))) is { } database) settings["Stoa:Database"] = database;
        foreach (var (key, value) in _settings) settings[key] = value;
        return settings;
    }
}
