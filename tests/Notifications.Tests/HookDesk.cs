using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Notifications.Tests;

/// <summary>Notifications among neighbours that tell of events, with merchants' servers to send to. Time stands still but for
/// the test that moves it, and the loops of Notifications take a step when the test says so: nothing happens by chance.
/// <c>hooks.test</c> leads to this machine and is allowed; other names lead where <see cref="Names"/> says.</summary>
public sealed class HookDesk : IAsyncLifetime
{
    public static readonly Guid Sam = Guid.Parse("01900000-0000-7000-8000-0000000000aa");

    private readonly ConcurrentQueue<string> _looked = new();
    private Action<string>? _commit;
    private int _ids;

    /// <summary>Who else tells of events.</summary>
    public string[] Others { get; init; } = ["payments", "products", "inventory"];

    public ManualClock Clock { get; } = new();

    public TestStore Store { get; private set; } = null!;

    public HookReceiver Receiver { get; private set; } = null!;

    public SmallSmtpServer Mail { get; } = new();

    /// <summary>Where names lead.</summary>
    public ConcurrentDictionary<string, IPAddress[]> Names { get; } = new() { ["hooks.test"] = [IPAddress.Loopback] };

    /// <summary>Which names were looked up.</summary>
    public string[] Looked => [.. _looked];

    /// <summary>Called around each commit of Notifications.</summary>
    public Action<string>? Commit
    {
        set => _commit = value;
    }

    public Database Database => Store.Get<Database>("notifications");

    public Api Staff => Store.Api("notifications").As(Store.Tokens.Staff(Sam));

    public async ValueTask InitializeAsync()
    {
        Receiver = await HookReceiver.Open();
        Store = await TestStore.Start(
            [("orders", Neighbour.Log("orders")), .. Others.Select(name => (name, Neighbour.Log(name))), ("users", UsersDesk), ("notifications", Stepped)],
            Clock,
            new()
            {
                ["Stoa:Webhooks:AllowedHosts"] = "hooks.test",
                ["Stoa:Smtp:Host"] = "127.0.0.1",
                ["Stoa:Smtp:Port"] = Mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["Stoa:PublicUrl"] = "https://shop.example",
            },
            host: host => host.Services.AddSingleton<NameLookup>(Look));
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Receiver.DisposeAsync();
        Mail.Dispose();
    }

    /// <summary>One of a test's own, with Orders alone.</summary>
    public static async Task<HookDesk> Open()
    {
        var desk = new HookDesk { Others = [] };
        await desk.InitializeAsync();
        return desk;
    }

    public Guid NewId() => new(Interlocked.Increment(ref _ids), 2, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1);

    /// <summary>Registers a webhook whose path is the test's name; it is deleted at the test's end.</summary>
    public async Task<Hook> Register(string[]? events = null, string? secret = null, string language = "en", [CallerMemberName] string path = "")
    {
        var reply = await Staff.Post("/api/webhooks", new { Url = UrlOf(path), Events = events ?? ["order.paid"], Secret = secret }, null, ("Accept-Language", language));
        Assert.True(reply.Status == 201, reply.ToString());
        return new Hook(this, reply.Json.GetProperty("id").GetGuid(), "/" + path, reply.Json.GetProperty("secret").GetString()!);
    }

    public string UrlOf(string path) => $"http://hooks.test:{Receiver.Port}/{path}";

    /// <summary>An order is paid, and Notifications has heard of it.</summary>
    public async Task<Guid> OrderPaid()
    {
        var order = NewId();
        return await Happens("orders", new OrderPaid(order, NewId(), NewId(), [new SkuQuantity("VASE", 2)], new Money(4200, "USD")));
    }

    /// <summary>Something happens, and Notifications has heard of it.</summary>
    /// <returns>The event's id.</returns>
    public async Task<Guid> Happens<T>(string source, T happened) where T : IEvent
    {
        await Store.Tell(source, happened);
        var order = Database.Dialect == Dialect.Postgres ? "inserted" : "position";
        var id = await Store.Get<Database>(source).Scalar<Guid>($"SELECT id FROM event_log ORDER BY {order} DESC LIMIT 1");
        await Heard(source, id);
        return id;
    }

    /// <summary>Steps the subscription until it stands on the event.</summary>
    public Task Heard(string source, Guid id) => Eventually.Is(async () =>
    {
        await Step($"{source}/webhooks");
        return await Database.Find<Guid?>("SELECT last_event_id FROM subscriptions WHERE source = @source AND purpose = 'webhooks'", new { source }) == id;
    }, "the event at Notifications");

    public Task Step(string loop) => Store.Get<LoopRegistry>("notifications").Step(loop, default);

    /// <summary>Has what is due sent, and waits until what came of it is written.</summary>
    public Task Send() => Eventually.Is(async () =>
    {
        await Step("webhooks");
        return await Database.Scalar<long>("""
            SELECT COUNT(*) FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
            WHERE w.status = 'on' AND d.status = 'waiting' AND (d.next_attempt_at <= @now OR d.leased_until > @now)
            """, new { now = Clock.GetUtcNow() }) == 0;
    }, "nothing due");

    public async Task Restart()
    {
        await Store.Stop("notifications");
        await Store.Run("notifications");
    }

    private Task<IPAddress[]> Look(string host, CancellationToken stop)
    {
        _looked.Enqueue(host);
        return Names.TryGetValue(host, out var addresses) ? Task.FromResult(addresses) : throw new SocketException((int)SocketError.HostNotFound);
    }

    private WebApplication Stepped(string[] args, Seams? seams) => Program.Build(args, new Seams
    {
        Clock = seams!.Clock,
        Settings = seams.Settings,
        Host = seams.Host,
        LoopsRun = false,
        Commit = when => _commit?.Invoke(when),
        Die = _ => { },
    });

    private static WebApplication UsersDesk(string[] args, Seams? seams)
    {
        var service = ServiceHost.Create("users", args, seams);
        service.AddDatabase(typeof(HookDesk).Assembly);
        var app = service.Build();
        app.MapGet("/internal/users/{id:guid}", (Guid id) => id == Sam ? Microsoft.AspNetCore.Http.Results.Ok(new Person(id, "Sam", "sam@example.com")) : Problem.NotFound()).ForServices();
        return app;
    }
}

/// <summary>A webhook of one test.</summary>
public sealed record Hook(HookDesk Desk, Guid Id, string Path, string Secret) : IAsyncDisposable
{
    public string Url => $"/api/webhooks/{Id}";

    public ReceivedHook[] Received => Desk.Receiver.At(Path);

    public async Task<JsonElement> Show() => (await Desk.Staff.Get(Url)).Json.GetProperty("webhook");

    public async Task<JsonElement[]> Deliveries() => [.. (await Desk.Staff.Get(Url + "/deliveries?limit=100")).Json.GetProperty("items").EnumerateArray()];

    public async Task<JsonElement> Delivery(Guid id) => (await Deliveries()).Single(one => one.GetProperty("id").GetGuid() == id);

    public async Task<string> StatusOf(Guid id) => (await Delivery(id)).GetProperty("status").GetString()!;

    public Task<Reply> Redeliver(Guid id) => Desk.Staff.Post($"{Url}/deliveries/{id}/redeliver");

    public async ValueTask DisposeAsync() => await Desk.Staff.Delete(Url);
}
