using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Simulation;

/// <summary>All services of the store and the sandbox, in this process: started, killed and started again.</summary>
internal sealed class Town
{
    private static readonly (string Name, Build Build)[] Services =
    [
        ("users", Users.Program.Build), ("products", Products.Program.Build), ("inventory", Inventory.Program.Build), ("carts", Carts.Program.Build),
        ("orders", Orders.Program.Build), ("payments", Payments.Program.Build), ("notifications", Notifications.Program.Build), ("sandbox", StripeSandbox.Program.Build),
    ];

    private static readonly string[] NoWatching = ["--hostBuilder:reloadConfigOnChange=false"];

    private readonly Dictionary<string, Life> _lives = new(StringComparer.Ordinal);
    private readonly HashSet<string> _full = new(StringComparer.Ordinal);
    private readonly Timeline _timeline;
    private readonly Chance _chance;
    private readonly Troubles _troubles;
    private readonly Databases _databases;

    public Town(Timeline timeline, Chance chance, Troubles troubles, Databases databases)
    {
        (_timeline, _chance, _troubles, _databases) = (timeline, chance, troubles, databases);
        Network = new Network(this, timeline, chance, troubles);
    }

    public static IReadOnlyList<string> Names { get; } = [.. Services.Select(one => one.Name)];

    public Network Network { get; }

    /// <summary>The run of a service that answers now; null while it is down.</summary>
    public Life? Alive(string service) => _lives.TryGetValue(service, out var life) && life.IsUp ? life : null;

    public bool AllUp => Names.All(name => Alive(name) is not null);

    public async Task StartAll()
    {
        Folders.Empty();
        foreach (var name in Names)
        {
            Start(name);
            await Pool.Idle();
        }
    }

    /// <summary>Makes the next call to the provider go wrong.</summary>
    public void Arrange(StripeSandbox.Faults.Fault fault) => Alive("sandbox")?.App!.Services.GetRequiredService<StripeSandbox.Faults>().Arrange(fault, 1);

    /// <summary>Makes the provider's next webhook of a type go wrong.</summary>
    public void Arrange(StripeSandbox.Faults.WebhookFault fault) => Alive("sandbox")?.App!.Services.GetRequiredService<StripeSandbox.Faults>().Arrange(fault, 1);

    /// <summary>Leaves a service not a byte to write for a while.</summary>
    public void FillDisk(string service, TimeSpan during)
    {
        _databases.Fill(service);
        _full.Add(service);
        _timeline.After(during, () =>
        {
            _full.Remove(service);
            _databases.MakeRoom(service);
        });
    }

    /// <summary>As <c>kill -9</c>: nothing of it runs any more. It is started again a little later.</summary>
    public void Kill(Life life, string boundary)
    {
        if (life.IsDead) return;
        life.Die();
        var back = _chance.Wait(0.2, 6);
        _chance.Note(_timeline.GetUtcNow(), $"{life.Name} dies {boundary}, back in {back.TotalSeconds}");
        _timeline.After(TimeSpan.Zero, () => Bury(life)); // not now: it lies on the stack still
        _timeline.After(back, () => Start(life.Name));
    }

    /// <summary>The end of a run of the simulation.</summary>
    public async Task EndAll()
    {
        foreach (var life in _lives.Values)
        {
            life.Die();
            Bury(life);
        }

        await Pool.Idle();
    }

    private void Start(string name)
    {
        var life = _lives[name] = new Life(name);
        _ = Start(life);
    }

    private async Task Start(Life life)
    {
        try
        {
            var build = Services.Single(one => one.Name == life.Name).Build;
            life.App = build(NoWatching, Seams(life));
            KeptRoutes.In(life.App, build);
            await life.App.StartAsync();
            life.IsUp = !life.IsDead;
        }
        catch (Exception fault) when (fault is DeadException or UnavailableException or OperationCanceledException)
        {
            Kill(life, "while it starts");
        }
    }

    private static void Bury(Life life) => _ = life.App?.DisposeAsync().AsTask();

    private Seams Seams(Life life)
    {
        var clock = new MortalClock(_timeline, () => life.IsDead);
        return new Seams
        {
            Clock = clock,
            Entropy = new Entropy(clock, _chance.Seed()),
            Outbound = to => Network.Line(life, to),
            Commit = when => Commit(life, when),
            Turns = begin => _timeline.After(_full.Contains(life.Name) ? _chance.Wait(0.1, 1.2) : _chance.Wait(0.0002, 0.003), () => Turn(life, begin)),
            Die = reason => Kill(life, reason),
            Settings = Folders.Settings(life.Name, Names),
            Host = host => Furnish(host, life),
        };
    }

    /// <summary>A group of writes. It comes a little after it was asked for, as a disk's turn does, so that writes meet in one.</summary>
    private static void Turn(Life life, Action begin)
    {
        if (life.IsDead) return;
        try
        {
            begin();
        }
        catch (DeadException)
        {
            // died over its commit: whoever waits for it waits for ever
        }
    }

    private void Commit(Life life, string when)
    {
        if (life.IsDead) throw new DeadException();
        if (!_troubles.Kills(life.Name, when + " a commit")) return;
        Kill(life, when + " a commit");
        throw new DeadException();
    }

    /// <summary>No socket, no log, no signals, and hashes that take no time.</summary>
    private static void Furnish(IHostApplicationBuilder host, Life life)
    {
        host.Logging.ClearProviders();
        if (Environment.GetEnvironmentVariable("STOA_SIMULATION_LOG") is { Length: > 0 }) host.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Information);
        host.Services.AddSingleton<IServer>(life.Door);
        host.Services.AddSingleton<IHostLifetime, NoSignals>();
        host.Services.AddSingleton(provider => new Users.Passwords(iterations: 10, provider.GetRequiredService<Entropy>(), inline: true));
    }

    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
