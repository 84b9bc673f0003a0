using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Orders.Tests;

/// <summary>Orders among neighbours that do what a test says: a catalogue, a stock room and a till, each a real service
/// with real HTTP (and, where they tell events, a real log). Unless told otherwise the stock room holds everything and
/// the till has never heard of the order.</summary>
public sealed class Shop : IAsyncDisposable
{
    public static readonly object Athens = new
    {
        name = "Anna Dimou", line1 = "Stoa 1", city = "Athens", postalCode = "10555", country = "GR",
    };

    private readonly ConcurrentDictionary<Guid, int> _reserveCalls = new();

    public TestStore Store { get; private set; } = null!;

    /// <summary>What the stock room answers to a reserve.</summary>
    public Func<Guid, SkuQuantity[], Task<IResult>> Reserve { get; set; } = (_, _) => Task.FromResult(Reserved);

    /// <summary>What the till answers to a closure.</summary>
    public Func<Guid, Task<IResult>> Close { get; set; } = _ => Task.FromResult(Closed);

    /// <summary>The till's payments of every order.</summary>
    public PaymentView[] Payments { get; set; } = [];

    public static IResult Reserved => Results.Ok(new Reservation(Reservation.Reserved, []));

    public static IResult Closed => Results.Ok(new Closure(Closure.Closed));

    public static IResult InFlight => Results.Ok(new Closure(Closure.InFlight));

    public static IResult Away => Results.StatusCode(500);

    /// <param name="clock">Null: the real one.</param>
    /// <param name="settings">Settings of all services.</param>
    /// <param name="stock">Null: the stock room that <see cref="Reserve"/> commands.</param>
    public static async Task<Shop> Open(TimeProvider? clock = null, Dictionary<string, string?>? settings = null, Build? stock = null)
    {
        var shop = new Shop();
        shop.Store = await TestStore.Start(
        [
            ("products", (args, seams) => Teller("products", args, seams, holdsState: true)),
            ("users", (args, seams) => Teller("users", args, seams, holdsState: false)),
            ("payments", shop.Till),
            ("inventory", stock ?? shop.StockRoom),
            ("orders", Program.Build),
        ], clock, settings);
        return shop;
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    /// <summary>How often the stock room was asked to reserve for an order.</summary>
    public int ReserveCalls(Guid order) => _reserveCalls.GetValueOrDefault(order);

    /// <summary>Somebody with a token: a customer who has never been here.</summary>
    public Api Customer(out Guid id) => As(Store.Tokens.Customer(id = Store.Get<Entropy>("orders").NewId()));

    public Api Customer() => Customer(out _);

    public Api Guest(out Guid id) => As(Store.Tokens.Guest(id = Store.Get<Entropy>("orders").NewId()));

    public Api Staff() => As(Store.Tokens.Staff(Store.Get<Entropy>("orders").NewId()));

    public Api As(string token) => Store.Api("orders").As(token);

    /// <summary>Tells an event from a neighbour's log.</summary>
    public Task Tell<T>(string from, T happened) where T : IEvent => Store.Get<Database>(from).Write(tx =>
    {
        tx.Append(happened);
        return Task.CompletedTask;
    });

    /// <summary>Puts products on sale, one SKU each, and waits until Orders knows them.</summary>
    public async Task Sell(params (string Sku, long Price)[] variants)
    {
        foreach (var (sku, price) in variants) await Tell("products", Product(Store.Get<Entropy>("orders").NewId(), 1, (sku, price)));
        foreach (var (sku, price) in variants) await KnowsPrice(sku, price);
    }

    public static ProductChanged Product(Guid id, long version, params (string Sku, long Price)[] variants) =>
        new(id, version, "a-product", [.. variants.Select(one => new VariantForSale(one.Sku, "Name of " + one.Sku, new Money(one.Price, "USD")))]);

    /// <summary>Waits until one of the SKU costs this much; null for not for sale.</summary>
    public Task KnowsPrice(string sku, long? price)
    {
        var anyone = Customer();
        return Eventually.Is(async () =>
        {
            var quote = await anyone.Post("/api/orders/quote", new { items = new[] { new { sku, quantity = 1 } }, shippingAddress = new { country = "GR" } });
            return price is null ? quote.Code == "not_for_sale" : quote.Status == 200 && quote.Json.GetProperty("subtotal").GetProperty("amount").GetInt64() == price;
        }, $"{sku} at {price}");
    }

    /// <summary>An order as a client sends it: one of a SKU, to Athens.</summary>
    public static Dictionary<string, object?> OrderOf(string sku, long shownTotal, int quantity = 1) => new()
    {
        ["items"] = new[] { new { sku, quantity } },
        ["shownTotal"] = new Money(shownTotal, "USD"),
        ["email"] = "anna@example.org",
        ["shippingAddress"] = Athens,
    };

    /// <summary>Places an order of one SKU and expects it to await its payment.</summary>
    public static async Task<Guid> Place(Api buyer, string sku, long price)
    {
        var reply = await buyer.Post("/api/orders", OrderOf(sku, price), key: "order-" + sku);
        Assert.Equal(201, reply.Status);
        return reply.Json.GetProperty("id").GetGuid();
    }

    /// <summary>Waits until an order reads so.</summary>
    public Task<Reply> Reads(Guid order, string status)
    {
        var staff = Staff();
        return Eventually.Get(() => staff.Get($"/api/orders/{order}"), reply => reply.Status == 200 && Status(reply) == status, status);
    }

    public static string? Status(Reply reply) => reply.Json.GetProperty("status").GetString();

    public static Guid Id(Reply reply) => reply.Json.GetProperty("id").GetGuid();

    /// <summary>What Orders has told of an order so far: type and data, oldest first.</summary>
    public async Task<(string Type, JsonElement Data)[]> Told(Guid order)
    {
        var feed = await Store.Internal("orders").Get("/internal/events?after=0");
        return [.. feed.Json.GetProperty("events").EnumerateArray().Select(entry => entry.GetProperty("event"))
            .Where(one => one.GetProperty("subject").GetString() == order.ToString())
            .Select(one => (one.GetProperty("type").GetString()!, one.GetProperty("data")))];
    }

    public async Task<string[]> ToldTypes(Guid order) => [.. (await Told(order)).Select(one => one.Type)];

    private static WebApplication Teller(string name, string[] args, Seams? seams, bool holdsState)
    {
        var service = ServiceHost.Create(name, args, seams);
        service.AddDatabase(typeof(Shop).Assembly, holdsState);
        return service.Build();
    }

    private WebApplication StockRoom(string[] args, Seams? seams)
    {
        var app = ServiceHost.Create("inventory", args, seams).Build();
        app.MapPut("/internal/reservations/{id:guid}", (Guid id, ReservationRequest request) =>
        {
            _reserveCalls.AddOrUpdate(id, 1, (_, calls) => calls + 1);
            return Reserve(id, request.Lines);
        }).ForServices();
        return app;
    }

    private WebApplication Till(string[] args, Seams? seams)
    {
        var app = Teller("payments", args, seams, holdsState: false);
        app.MapPut("/internal/orders/{id:guid}/closure", (Guid id) => Close(id)).ForServices();
        app.MapGet("/internal/orders/{id:guid}/payments", (Guid id) => Payments.Select(one => one with { OrderId = id })).ForServices();
        return app;
    }
}
