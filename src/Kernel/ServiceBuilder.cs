using System.Reflection;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Stoa.Kernel;

/// <summary>A service being put together: its database, clients, subscriptions and loops, then its routes.</summary>
public sealed class ServiceBuilder
{
    private readonly Seams _seams;
    private readonly Entropy _entropy;
    private readonly List<Subscription> _subscriptions = [];
    private readonly List<Type> _loops = [];
    private Assembly? _migrations;
    private bool _holdsState;
    private Func<IServiceProvider, CancellationToken, Task<string>>? _ownKeys;

    internal ServiceBuilder(WebApplicationBuilder host, StoaOptions options, Seams seams)
    {
        Host = host;
        Options = options;
        _seams = seams;
        _entropy = seams.Entropy ?? new Entropy(seams.Clock);
        host.Services.AddSingleton(options).AddSingleton(seams).AddSingleton(seams.Clock).AddSingleton(_entropy);
    }

    /// <summary>The framework's builder, for what is this service's alone.</summary>
    public WebApplicationBuilder Host { get; }

    /// <summary>The framework's container.</summary>
    public IServiceCollection Services => Host.Services;

    /// <summary>The service's settings.</summary>
    public StoaOptions Options { get; }

    /// <summary>Gives the service a database of its own, with its event log.</summary>
    /// <param name="migrations">The assembly whose folder <c>Migrations</c> is embedded.</param>
    /// <param name="logHoldsState">Whether the log keeps only the latest event of each subject (E7).</param>
    public ServiceBuilder AddDatabase(Assembly migrations, bool logHoldsState = false)
    {
        _migrations = migrations;
        _holdsState = logHoldsState;
        return this;
    }

    /// <summary>A typed client of another service: a class whose constructor takes a <see cref="ServiceCaller"/>.</summary>
    /// <param name="service">The other service's name.</param>
    public ServiceBuilder AddClient<TClient>(string service) where TClient : class
    {
        Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<TClient>(provider, provider.GetRequiredService<Outbound>().Service(service)));
        return this;
    }

    /// <summary>Reads another service's log.</summary>
    /// <param name="source">The other service's name.</param>
    /// <param name="purpose">What for; names the position, so it never changes.</param>
    /// <param name="handle">Says what to do with which event.</param>
    public ServiceBuilder Subscribe(string source, string purpose, Action<Subscription> handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        var subscription = new Subscription(source, purpose);
        handle(subscription);
        _subscriptions.Add(subscription);
        return this;
    }

    /// <summary>Adds a background loop; also to be had as a singleton of its own type.</summary>
    public ServiceBuilder AddLoop<TLoop>() where TLoop : class, ILoop
    {
        Services.AddSingleton<TLoop>();
        _loops.Add(typeof(TLoop));
        return this;
    }

    /// <summary>Adds a figure that lies in the database to <c>/metrics</c>.</summary>
    public ServiceBuilder AddFigure<TFigure>() where TFigure : class, IStoredFigure
    {
        Services.AddSingleton<IStoredFigure, TFigure>();
        return this;
    }

    /// <summary>For Users alone: access tokens are checked against its own keys, not against a call to itself.</summary>
    /// <param name="jwks">Gives the JSON Web Key Set (RFC 7517).</param>
    public ServiceBuilder UseOwnKeys(Func<IServiceProvider, CancellationToken, Task<string>> jwks)
    {
        _ownKeys = jwks;
        return this;
    }

    /// <summary>Builds the application with everything that all services share already mapped.</summary>
    public WebApplication Build()
    {
        AddShared();
        if (_migrations is not null) AddStorage();
        _seams.Host?.Invoke(Host);
        var app = Host.Build();
        app.Services.GetRequiredService<TelemetryPipeline>(); // listens from the first request on
        app.UseMiddleware<RequestFrame>();
        app.UseMiddleware<ProblemHandling>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        MapShared(app);
        return app;
    }

    private void AddShared()
    {
        Services.AddSingleton<CheckedTokens>();
        Services.AddSingleton<CommittedWork>();
        Services.AddSingleton(new ServiceTokens(Options, _seams.Clock));
        Services.AddSingleton(provider => new Outbound(_seams, Options, provider.GetRequiredService<ServiceTokens>(), _entropy));
        Services.AddSingleton(provider => new KeyRing(FetchKeys(provider), _ownKeys is null ? Path.Combine(Options.DataFolder, "jwks.json") : null,
            _seams.Clock, provider.GetRequiredService<ILogger<KeyRing>>()));
        Services.AddSingleton(provider => new GuestTokens(provider.GetRequiredService<KeyRing>(), _seams.Clock));
        Services.AddSingleton<TelemetryPipeline>().AddSingleton<OwnFigures>().AddSingleton<LastHour>();
        Services.AddSingleton(provider => new TellOperations(Options, provider.GetRequiredService<Readiness>(), provider.GetRequiredService<LastHour>(), provider));
        Services.AddSingleton<Readiness>();
        Services.AddSingleton(MakeLoops);
        Services.AddHostedService(provider => provider.GetRequiredService<LoopRegistry>());
        Services.AddTransient<BuyerAuthentication>().AddTransient<ServiceAuthentication>().AddWebEncoders();
        Services.AddAuthenticationCore(schemes => // the core alone: no cookies here, so no data protection keys either
        {
            schemes.DefaultScheme = BuyerAuthentication.SchemeName;
            schemes.AddScheme<BuyerAuthentication>(BuyerAuthentication.SchemeName, null);
            schemes.AddScheme<ServiceAuthentication>(ServiceAuthentication.SchemeName, null);
        });
        Services.AddAuthorizationBuilder()
            .AddPolicy(Routes.Buyers, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Routes.Customers, policy => policy.RequireRole("customer", "staff", "admin"))
            .AddPolicy(Routes.Staff, policy => policy.RequireRole("staff", "admin"))
            .AddPolicy(Routes.Admins, policy => policy.RequireRole("admin"))
            .AddPolicy(Routes.Services, policy => policy.AddAuthenticationSchemes(ServiceAuthentication.SchemeName).RequireClaim("service"));
        Services.ConfigureHttpJsonOptions(json => Json.Configure(json.SerializerOptions));
        Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        Services.AddOpenApi("v1", OpenApiShape.Configure);
    }

    private void AddStorage()
    {
        var log = new EventLog(Options.Service, _entropy, _seams.Clock) { HoldsState = _holdsState };
        Services.AddSingleton(log);
        Services.AddSingleton(_ => Database.Open(Options, _seams, log));
        Services.AddSingleton(provider => new Storage(provider.GetRequiredService<Database>(), log, _migrations!, provider.GetRequiredService<Readiness>()));
        Services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(provider => provider.GetRequiredService<Storage>()));
        Services.AddSingleton(provider => new Subscriptions([.. _subscriptions.Select(one => new SubscriptionReader(one,
            provider.GetRequiredService<Database>(), provider.GetRequiredService<Outbound>().Service(one.Source), _entropy, _seams.Clock,
            provider.GetRequiredService<ILogger<SubscriptionReader>>(), _seams.LoopsRun))]));
        Services.AddSingleton<HouseKeeping>();
        AddFigure<DeadLetterFigure>();
    }

    private LoopRegistry MakeLoops(IServiceProvider provider)
    {
        var registry = new LoopRegistry(_seams, _entropy, provider.GetRequiredService<ILogger<LoopRegistry>>());
        if (_migrations is not null)
        {
            foreach (var reader in provider.GetRequiredService<Subscriptions>().Readers) registry.Add(reader);
            registry.Add(provider.GetRequiredService<HouseKeeping>());
            if (provider.GetRequiredService<Database>().Dialect.IsPostgres) registry.Add(new Sequencer(provider.GetRequiredService<Database>(), provider.GetRequiredService<EventLog>()));
        }

        if (_seams.LoopsRun && _ownKeys is null) registry.Add(provider.GetRequiredService<KeyRing>());
        foreach (var loop in _loops) registry.Add((ILoop)provider.GetRequiredService(loop));
        return registry;
    }

    private Func<CancellationToken, Task<string>> FetchKeys(IServiceProvider provider)
    {
        if (_ownKeys is { } own) return stop => own(provider, stop);
        var users = provider.GetRequiredService<Outbound>().Service("users");
        return async stop => await users.Get<System.Text.Json.JsonElement>(".well-known/jwks.json", stop) is { Ok: true } answer
            ? answer.Value.GetRawText()
            : throw new UnavailableException("users");
    }

    private void MapShared(WebApplication app)
    {
        var uncounted = app.MapGroup("").ExcludeFromDescription().DisableHttpMetrics(); // who asks how we are must not change it
        uncounted.MapGet("/health/live", () => Results.Ok(new { status = "live" }));
        uncounted.MapGet("/health/ready", (Readiness readiness, CancellationToken stop) => readiness.Answer(stop));
        uncounted.MapGet("/metrics", (TelemetryPipeline telemetry, CancellationToken stop) => telemetry.Scrape(stop));
        uncounted.MapGet("/internal/operations", (TellOperations operations, CancellationToken stop) => operations.Facts(stop)).ForServices();
        app.MapOpenApi("/openapi/{documentName}.json").KeepsOwnTime(); // the first looks at every type there is, which a busy machine cannot do in a request's time
        if (_migrations is null) return;
        app.MapGet("/internal/events", (EventLog log, Database database, long after, Guid? epoch, Guid? last, int? wait,
            IHostApplicationLifetime life, HttpContext context) => LongPoll(log, database, after, epoch, last, wait ?? 0, life, context))
            .ForServices().KeepsOwnTime().DisableHttpMetrics(); // it waits by design
        app.MapGet("/internal/dead-letters", DeadLetters.List).ForServices();
        app.MapPost("/internal/dead-letters/redrive", (Database database, Subscriptions subscriptions, CancellationToken stop) =>
            DeadLetters.Redrive(database, subscriptions.Readers, new(), actor: null, stop)).ForServices();
        if (_subscriptions.Count > 0) // who reads nobody's events has none that it could not take in
        {
            StaffDeadLetters.Map(app, Options.Service);
            app.MapGet($"/api/attention/{Options.Service}", Attention.Handle).ForStaff().Produces<Contracts.NeedsAttention>();
        }

        app.MapGet("/internal/audit/log", TellLogFacts.Handle).ForServices();
        app.MapGet("/internal/subscriptions", (Subscriptions subscriptions) => Results.Ok(new { items = subscriptions.Show() })).ForServices();
    }

    /// <summary>A poll that waits must not hold up the end of the service.</summary>
    private static async Task<IResult> LongPoll(EventLog log, Database database, long after, Guid? epoch, Guid? last, int wait,
        IHostApplicationLifetime life, HttpContext context)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        return await log.Feed(database, after, epoch, last, wait, over.Token);
    }
}
