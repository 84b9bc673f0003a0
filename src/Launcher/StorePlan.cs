using System.Diagnostics;
using Stoa.Supervision;

namespace Stoa.Launcher;

/// <summary>
/// Turns the topology into processes with their environment: the whole contract between the Launcher and a service
/// stands in this file.
/// </summary>
public sealed class StorePlan
{
    /// <summary>What the store wants to be told by its provider: the same types as an endpoint at Stripe itself is given (docs/stripe.md).</summary>
    private const string WebhookEvents =
        "payment_intent.succeeded,payment_intent.payment_failed,payment_intent.canceled,payment_intent.processing," +
        "checkout.session.completed,checkout.session.expired,refund.created,refund.updated,refund.failed";

    private readonly StoreOptions _options;
    private readonly Repository _repository;
    private readonly Secrets _secrets;
    private readonly Postgres? _postgres;
    private readonly Func<string, string?> _environment;
    private readonly Func<string, Uri, Uri> _front;
    private readonly List<Replica> _replicas;
    private readonly bool _sandboxed;

    /// <param name="port">The Gateway's.</param>
    /// <param name="counts">How many of a kind, where it is not one.</param>
    /// <param name="front">Where others find a process, given its name and where it listens.</param>
    public StorePlan(
        StoreOptions options, int port, IReadOnlyList<StoreProcess> topology, IReadOnlyDictionary<string, int> counts, Repository repository, Secrets secrets,
        Postgres? postgres, Func<string, string?> environment, Func<string, Uri, Uri> front)
    {
        _front = front;
        _options = options;
        _repository = repository;
        _secrets = secrets;
        _postgres = postgres;
        _environment = environment;
        GatewayPort = port;
        _sandboxed = environment("STRIPE_API_BASE") is null
            && environment("STRIPE_SECRET_KEY")?.Contains("_live_", StringComparison.Ordinal) is not true;
        _replicas = Spread(topology.Where(process => process.Name != Topology.Sandbox || _sandboxed), counts);
    }

    public int GatewayPort { get; }

    /// <summary>The store's one currency.</summary>
    public string Currency => _environment("Stoa__Currency") ?? "USD";

    public Uri PublicUrl => _options.PublicUrl(GatewayPort);

    /// <summary>Where a program on this machine reaches a service, past the Gateway.</summary>
    public Uri UrlOf(string service) => _replicas.First(replica => replica.Kind.Name == service).FoundAt;

    public IReadOnlyList<ProcessPlan> Processes() => _replicas.ConvertAll(Plan);

    public IReadOnlyList<ScrapeTarget> ScrapeTargets() => _replicas.ConvertAll(replica => new ScrapeTarget([replica.Url.Authority], new(replica.Name, replica.Kind.Name)));

    /// <summary>The version that was built, without the commit that the compiler adds.</summary>
    public static string VersionOf(ProcessPlan plan) => File.Exists(plan.Arguments[0])
        ? FileVersionInfo.GetVersionInfo(plan.Arguments[0]).ProductVersion?.Split('+')[0] ?? ""
        : "";

    private List<Replica> Spread(IEnumerable<StoreProcess> topology, IReadOnlyDictionary<string, int> counts)
    {
        var kinds = topology.SelectMany(kind => Enumerable.Range(1, counts.GetValueOrDefault(kind.Name, 1)).Select(number => (kind, number))).ToList();
        var ports = new Queue<int>(Ports.Free(kinds.Count));
        return kinds.ConvertAll(one => one.kind.Name == Topology.Gateway
            ? Place(one.kind, one.number, _options.GatewayUrl(GatewayPort), _options.GatewayBinding(GatewayPort))
            : Loopback(one.kind, one.number, $"http://127.0.0.1:{ports.Dequeue()}"));
    }

    private Replica Loopback(StoreProcess kind, int number, string binding) => Place(kind, number, new Uri(binding), binding);

    private Replica Place(StoreProcess kind, int number, Uri url, string binding) =>
        new(kind, number, url, _front(Replica.NameOf(kind, number), url), binding);

    private ProcessPlan Plan(Replica replica) =>
        new(replica.Name, DotNet.Program, [_repository.Assembly(replica.Kind.Project)], replica.Url, _options.Data.LogOf(replica.Name))
        {
            Environment = EnvironmentOf(replica),
        };

    private Dictionary<string, string?> EnvironmentOf(Replica replica)
    {
        var name = replica.Kind.Name;
        var folder = _options.Data.Of(name);
        DataFolder.MakePrivate(folder);

        var variables = new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = replica.Binding,
            ["Stoa__DataFolder"] = folder,
            ["Stoa__ServiceKeyFile"] = _secrets.ServiceKey(name).File,
            ["Stoa__Currency"] = Currency,
            ["Stoa__PublicUrl"] = _environment("Stoa__PublicUrl") ?? PublicUrl.ToString().TrimEnd('/'),
            ["Stoa__Sandbox"] = _sandboxed ? "true" : "false",
            ["Stoa__StopWithParent"] = "true",
        };
        if (replica.Kind.OwnsData) variables["Stoa__Database"] = _postgres?.ConnectionOf(name) ?? $"Data Source={_options.Data.FileOf(name)}";
        foreach (var others in _replicas.GroupBy(other => other.Kind.Name))
        {
            variables[$"Stoa__Services__{others.Key}__Url"] = string.Join(';', others.Select(other => other.FoundAt.ToString().TrimEnd('/')));
            variables[$"Stoa__Services__{others.Key}__PublicKey"] = _secrets.ServiceKey(others.Key).PublicKey;
        }
        if (name == Topology.Sandbox) variables["Stoa__Sandbox__WebhookEvents"] = _environment("Stoa__Sandbox__WebhookEvents") ?? WebhookEvents;
        if (name == Topology.Gateway) variables["Stoa__RunFile"] = _options.Data.RunFile;
        if (name == Topology.Gateway && Routes() is { Length: > 0 } routes) variables["Stoa__Routes"] = routes;
        variables[$"Stoa__Services__{Ask.Asker}__PublicKey"] = _secrets.ServiceKey(Ask.Asker).PublicKey;
        AddSecrets(name, variables);
        return variables;
    }

    private string Routes() => string.Join(';', _replicas.Where(replica => replica.Number == 1)
        .SelectMany(replica => replica.Kind.Routes.Select(route => $"{route}={replica.Kind.Name}")));

    /// <summary>A secret goes to the services that use it, and is taken out of what the others inherit from us.</summary>
    private void AddSecrets(string service, Dictionary<string, string?> variables)
    {
        var pays = service is "payments" or Topology.Sandbox;
        variables["STRIPE_SECRET_KEY"] = pays ? _secrets.StripeSecretKey() : null;
        variables["STRIPE_WEBHOOK_SECRET"] = !pays ? null : _sandboxed ? _secrets.StripeWebhookSecret() : _environment("STRIPE_WEBHOOK_SECRET");
        variables["STRIPE_API_BASE"] = !pays ? null : _sandboxed ? UrlOf(Topology.Sandbox).ToString().TrimEnd('/') : _environment("STRIPE_API_BASE");

        var staff = service == "users" ? _secrets.Staff() : null;
        variables["STOA_STAFF_EMAIL"] = staff?.Email;
        variables["STOA_STAFF_PASSWORD"] = staff?.Password;
    }

    /// <summary>One process: the first of its kind has the kind's name.</summary>
    /// <param name="Url">Where it answers.</param>
    /// <param name="FoundAt">Where the others look for it: the same, unless something stands in front of it.</param>
    private sealed record Replica(StoreProcess Kind, int Number, Uri Url, Uri FoundAt, string Binding)
    {
        public string Name => NameOf(Kind, Number);

        public static string NameOf(StoreProcess kind, int number) => number == 1 ? kind.Name : $"{kind.Name}-{number}";
    }
}
