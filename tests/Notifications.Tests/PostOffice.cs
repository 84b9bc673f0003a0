using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Notifications.Tests;

/// <summary>Notifications among small neighbours: one that tells of orders and knows what is in them, one that knows
/// addresses and makes tokens, one that tells of refunds. Mails arrive at an SMTP server.</summary>
public sealed class PostOffice : IAsyncLifetime
{
    public static readonly Guid Anna = Guid.Parse("01900000-0000-7000-8000-00000000000b");
    public static readonly Money Price = new(1250, "USD");

    private int _ids;
    private int _tokens;

    public TestStore Store { get; private set; } = null!;

    public SmallSmtpServer Server { get; private set; } = null!;

    /// <summary>What Orders says of an order; all others are as <see cref="Order"/> is.</summary>
    public ConcurrentDictionary<Guid, OrderMessage?> Orders { get; } = new();

    /// <summary>What Users says of a link; all others are nobody's.</summary>
    public ConcurrentDictionary<Guid, MailedLink> Links { get; } = new();

    /// <summary>About which orders Orders was asked, call by call.</summary>
    public ConcurrentQueue<Guid[]> Asked { get; } = new();

    public ConcurrentQueue<Guid> TokensMade { get; } = new();

    public ValueTask InitializeAsync() => Start(refusals: 0, atOnce: 1);

    /// <param name="refusals">How many mails the server puts off first.</param>
    /// <param name="atOnce">How many must be at the server before it takes any.</param>
    public static async Task<PostOffice> Open(int refusals = 0, int atOnce = 1)
    {
        var office = new PostOffice();
        await office.Start(refusals, atOnce);
        return office;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Server.Dispose();
    }

    /// <summary>Waits for the mail about something.</summary>
    public async Task<ReceivedMail> MailOf(Guid subject) =>
        (await Eventually.Get(() => Task.FromResult(Array.Find(Server.Taken, mail => IsAbout(mail, subject))), mail => mail is not null, "the mail"))!;

    public bool HasMailOf(Guid subject) => Array.Exists(Server.Taken, mail => IsAbout(mail, subject));

    public Guid NewId() => new(Interlocked.Increment(ref _ids), 1, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1);

    /// <summary>Two vases and a stand, ordered by a guest.</summary>
    public static OrderMessage Order(Guid id) => new(id, "S-1234", Anna, "guest@example.com", "Anna Bold", "paid",
        [new OrderMessageLine("VASE", "Vase & \"stand\"", 2, Price.Times(2))], Price.Times(2), Price, Price, Price.Times(100), ["1 Stone Lane", "10115 Berlin", "DE"],
        "en", null, null, null, "the-token");

    public Task Pay(params Guid[] orders) => Store.Get<Database>("orders").Write(tx =>
    {
        foreach (var order in orders) tx.Append(new OrderPaid(order, Anna, null, [new SkuQuantity("VASE", 2)], Price.Times(4)));
        return Task.CompletedTask;
    });

    /// <summary>Waits until a message has come to its end, and says which.</summary>
    public Task<string?> EndOf(Guid subject) => Eventually.Get(
        () => Store.Get<Database>("notifications").Find<string>("SELECT status FROM messages WHERE subject_id = @subject", new { subject }), status => status is not (null or "waiting"), "the message's end");

    private static bool IsAbout(ReceivedMail mail, Guid subject) => mail.MessageId.StartsWith($"<{subject}.", StringComparison.Ordinal);

    private async ValueTask Start(int refusals, int atOnce)
    {
        Server = new SmallSmtpServer(refusals, atOnce);
        Store = await TestStore.Start(
            [("orders", OrdersDesk), ("users", UsersDesk), ("payments", Neighbour.Log("payments")), ("notifications", Program.Build)],
            settings: new()
            {
                ["Stoa:Smtp:Host"] = "127.0.0.1",
                ["Stoa:Smtp:Port"] = Server.Port.ToString(CultureInfo.InvariantCulture),
                ["Stoa:PublicUrl"] = "https://shop.example",
            });
    }

    private WebApplication OrdersDesk(string[] args, Seams? seams)
    {
        var service = ServiceHost.Create("orders", args, seams);
        service.AddDatabase(typeof(PostOffice).Assembly);
        var app = service.Build();
        app.MapGet("/internal/orders/messages", (Guid[] id) =>
        {
            Asked.Enqueue(id);
            return id.Select(one => Orders.GetOrAdd(one, Order)).OfType<OrderMessage>();
        }).ForServices();
        return app;
    }

    private WebApplication UsersDesk(string[] args, Seams? seams)
    {
        var service = ServiceHost.Create("users", args, seams);
        service.AddDatabase(typeof(PostOffice).Assembly);
        var app = service.Build();
        app.MapGet("/internal/users/{id:guid}", (Guid id) => id == Anna ? Results.Ok(new Person(id, "Anna", "anna@example.com")) : Problem.NotFound()).ForServices();
        app.MapGet("/internal/mailed-links/{id:guid}", (Guid id) => Links.TryGetValue(id, out var link) ? Results.Ok(link) : Problem.NotFound()).ForServices();
        app.MapPost("/internal/mailed-links/{id:guid}/token", (Guid id) =>
        {
            TokensMade.Enqueue(id);
            return Links.TryGetValue(id, out var link) ? Results.Ok(link with { Token = $"token-{Interlocked.Increment(ref _tokens)}" }) : Problem.NotFound();
        }).ForServices();
        return app;
    }
}
