using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

[assembly: AssemblyFixture(typeof(Stoa.Orders.Tests.Shop))]

namespace Stoa.Orders.Tests;

/// <summary>Orders among neighbours that do what a test says: a catalogue, a stock room and a till, each with real HTTP
/// and, where it tells events, a real log. Unless told otherwise the stock room holds everything, and the till closes every
/// order. One shop serves all tests that need no clock of their own: each takes SKUs and orders of its own.</summary>
public sealed class Shop : IAsyncLifetime
{
    public static readonly object Athens = new { name = "Anna Dimou", line1 = "Stoa 1", city = "Athens", postalCode = "10555", country = "GR" };

    private readonly ConcurrentDictionary<Guid, int> _reserveCalls = new();

    public TestStore Store { get; private set; } = null!;

    /// <summary>What the stock room does about an order whose first line is this SKU.</summary>
    public ConcurrentDictionary<string, Func<HttpContext, Task<IResult>>> Stock { get; } = new();

    /// <summary>What the till says to the closure of an order.</summary>
    public ConcurrentDictionary<Guid, Func<Task<IResult>>> Closures { get; } = new();

    /// <summary>What the till says when it is to give all of an order's money back, or how far that is; the refund's id is null
    /// when it is only asked.</summary>
    public ConcurrentDictionary<Guid, Func<Guid?, Task<IResult>>> GivesBack { get; } = new();

    /// <summary>What the till says it took for an order.</summary>
    public ConcurrentDictionary<Guid, PaymentView[]> Payments { get; } = new();

    public static IResult Reserved => Results.Ok(new Reservation(Reservation.Reserved, []));

    public static IResult Refused(params Shortage[] shortages) => Results.Ok(new Reservation(Reservation.Refused, shortages));

    public static IResult Says(string closure) => Results.Ok(new Closure(closure));

    public static IResult Progress(string state) => Results.Ok(new RefundProgress(state));

    public static IResult Away => Results.StatusCode(500);

    /// <param name="clock">Null: the real one.</param>
    /// <param name="settings">Settings of all services.</param>
    /// <param name="real">Services of the store that take the place of neighbours, or join them.</param>
    public static async Task<Shop> Open(
        TimeProvider? clock = null, Dictionary<string, string?>? settings = null, params (string Name, Build Build)[] real)
    {
        var shop = new Shop();
        await shop.Begin(clock, settings, real);
        return shop;
    }

    public async ValueTask InitializeAsync() => await Begin(null, null, []);

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    /// <summary>How often the stock room was asked to reserve for an order.</summary>
    public int ReserveCalls(Guid order) => _reserveCalls.GetValueOrDefault(order);

    public Guid NewId() => Store.Get<Entropy>("orders").NewId();

    /// <summary>A customer who has never been here.</summary>
    public Api Customer() => As(Store.Tokens.Customer(NewId()));

    public Api Guest() => As(Store.Tokens.Guest(NewId()));

    public Api Staff() => As(Store.Tokens.Staff(NewId()));

    public Api As(string token) => Store.Api("orders").As(token);

    /// <summary>What Orders tells Notifications about an order.</summary>
    public async Task<OrderMessage> MessageOf(Guid order) =>
        Kernel.Json.Read<OrderMessage[]>((await Store.Internal("orders").Get($"/internal/orders/messages?id={order}")).Body).Single();

    /// <summary>Tells an event from a neighbour's log.</summary>
    public Task Tell<T>(string from, T happened) where T : IEvent => Store.Get<Database>(from).Write(tx =>
    {
        tx.Append(happened);
        return Task.CompletedTask;
    });

    /// <summary>Puts a product of one SKU on sale and waits until Orders knows it.</summary>
    public async Task<string> Sell(long price)
    {
        var sku = "SKU-" + NewId().ToString("N")[16..];
        await Tell("products", Product(NewId(), 1, (sku, price)));
        await KnowsPrice(sku, price);
        return sku;
    }

    public static ProductChanged Product(Guid id, long version, params (string Sku, long Price)[] variants) =>
        new(id, version, "a-product", [.. variants.Select(one => new VariantForSale(one.Sku, "Name of " + one.Sku, new Money(one.Price, "USD")))]);

    /// <summary>Waits until one of the SKU costs this much; null for not for sale.</summary>
    public Task KnowsPrice(string sku, long? price)
    {
        var anyone = Customer();
        return Eventually.Is(async () =>
        {
            Tick();
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

    /// <summary>Places an order of one piece that costs 1000 and expects it to await its payment.</summary>
    public async Task<Guid> PlaceOne(Api buyer)
    {
        var reply = await buyer.Post("/api/orders", OrderOf(await Sell(1000), 1000), key: "k");
        Assert.Equal(201, reply.Status);
        return Id(reply);
    }

    /// <summary>An order that is paid.</summary>
    public async Task<Guid> PaidOne(Api buyer)
    {
        var order = await PlaceOne(buyer);
        await Tell("payments", new PaymentSucceeded(order, NewId(), new Money(1, "USD"), AfterClosure: false));
        await Reads(order, OrderStatus.Paid);
        return order;
    }

    /// <summary>Waits until an order reads so.</summary>
    public Task<Reply> Reads(Guid order, string status)
    {
        var staff = Staff();
        return Eventually.Get(() =>
        {
            Tick();
            return staff.Get($"/api/orders/{order}");
        }, reply => Status(reply) == status, status);
    }

    /// <summary>Where a test holds the clock, whoever waits for a neighbour lets a little time pass: a call that was
    /// under way when the test moved the clock counts as late, and is repeated after a while.</summary>
    private void Tick() => (Store.Clock as ManualClock)?.Advance(TimeSpan.FromMilliseconds(20));

    /// <summary>An order's state; of anything else the whole answer, to be read in a failed test.</summary>
    public static string? Status(Reply reply) => reply.Status < 300 ? reply.Json.GetProperty("status").GetString() : reply.ToString();

    public static Guid Id(Reply reply) => reply.Json.GetProperty("id").GetGuid();

    /// <summary>What Orders has told of an order so far: type and data, in the order of the commits.</summary>
    public async Task<(string Type, JsonElement Data)[]> Told(Guid order) => [.. (await Store.Told("orders", order.ToString())).Select(one => (one.Type, one.Json))];

    public async Task<string[]> ToldTypes(Guid order) => [.. (await Told(order)).Select(one => one.Type)];

    private async Task Begin(TimeProvider? clock, Dictionary<string, string?>? settings, (string Name, Build Build)[] real)
    {
        (string Name, Build Build)[] neighbours =
        [
            ("products", (args, seams) => Teller("products", args, seams, holdsState: true)), ("users", Accounts),
            ("payments", Till), ("inventory", StockRoom), ("orders", Program.Build),
        ];
        Store = await TestStore.Start([.. real, .. neighbours.ExceptBy(real.Select(one => one.Name), one => one.Name)], clock, settings);
    }

    private static WebApplication Teller(string name, string[] args, Seams? seams, bool holdsState)
    {
        var service = ServiceHost.Create(name, args, seams);
        service.AddDatabase(typeof(Shop).Assembly, holdsState);
        return service.Build();
    }

    private WebApplication StockRoom(string[] args, Seams? seams)
    {
        var app = ServiceHost.Create("inventory", args, seams).Build();
        app.MapPut("/internal/reservations/{id:guid}", (Guid id, ReservationRequest request, HttpContext context) =>
        {
            _reserveCalls.AddOrUpdate(id, 1, (_, calls) => calls + 1);
            return Stock.TryGetValue(request.Lines[0].Sku, out var answer) ? answer(context) : Task.FromResult(Reserved);
        }).ForServices();
        return app;
    }

    private WebApplication Accounts(string[] args, Seams? seams)
    {
        var app = Teller("users", args, seams, holdsState: false);
        app.MapGet("/.well-known/jwks.json", () => Results.Text(Store.Tokens.Jwks, "application/json"));
        return app;
    }

    private WebApplication Till(string[] args, Seams? seams)
    {
        var app = Teller("payments", args, seams, holdsState: false);
        app.MapPut("/internal/orders/{id:guid}/closure", (Guid id) =>
            Closures.TryGetValue(id, out var answer) ? answer() : Task.FromResult(Says(Closure.Closed))).ForServices();
        app.MapPut("/internal/orders/{id:guid}/refund", (Guid id, RefundRequest request) => Give(id, request.RefundId)).ForServices();
        app.MapGet("/internal/orders/{id:guid}/refund", (Guid id) => Give(id, null)).ForServices();
        app.MapGet("/internal/orders/{id:guid}/payments", (Guid id) => Payments.GetValueOrDefault(id, [])).ForServices();
        return app;
    }

    private Task<IResult> Give(Guid order, Guid? refund) =>
        GivesBack.TryGetValue(order, out var answer) ? answer(refund) : Task.FromResult(Progress(RefundProgress.Refunded));
}
