using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

[assembly: AssemblyFixture(typeof(Stoa.Inventory.Tests.Shelf))]

namespace Stoa.Inventory.Tests;

/// <summary>Inventory between two neighbours that say what a test tells them to. One store serves all tests: each takes
/// SKUs and orders of its own.</summary>
public sealed class Shelf : IAsyncLifetime
{
    public static readonly Guid Clerk = Guid.Parse("01900000-0000-7000-8000-00000000c1e4");
    private static readonly Money Some = new(100, "USD");
    private readonly Entropy _entropy = new(TimeProvider.System);

    public TestStore Store { get; private set; } = null!;

    public Api Staff => Store.Api("inventory").As(Store.Tokens.Staff(Clerk));

    public Database Database => Store.Get<Database>("inventory");

    public async ValueTask InitializeAsync() => Store = await TestStore.Start(
        [("orders", Teller("orders", holdsState: false)), ("products", Teller("products", holdsState: true)), ("inventory", Program.Build)]);

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    public Guid NewId() => _entropy.NewId();

    /// <summary>A SKU that Products made and of which so many are on hand.</summary>
    public async Task<string> Sku(long onHand)
    {
        var sku = "SKU-" + NewId().ToString("N")[16..];
        await Tell("products", new ProductChanged(NewId(), 1, "thing", [new VariantForSale(sku, "Thing", Some)]));
        await Eventually.Is(async () => (await Staff.Get($"/api/stock/{sku}")).Status == 200, $"a place for {sku}");
        if (onHand > 0) Assert.Equal(201, (await Adjust(sku, onHand)).Status);
        return sku;
    }

    public Task<Reply> Adjust(string sku, long delta, string? key = null) =>
        Staff.Post($"/api/stock/{sku}/adjustments", new { delta, reason = "counted" }, key ?? NewId().ToString());

    public Task<Reply> Put(Guid order, params SkuQuantity[] lines) =>
        Store.Internal("inventory").Put($"/internal/reservations/{order}", new ReservationRequest(lines));

    public async Task<string> Decision(Guid order, params SkuQuantity[] lines) =>
        Json.Read<Reservation>((await Put(order, lines)).Body).Decision;

    public async Task<(long OnHand, long Reserved)> Stock(string sku)
    {
        var seen = (await Staff.Get($"/api/stock/{sku}")).Json;
        return (seen.GetProperty("onHand").GetInt64(), seen.GetProperty("reserved").GetInt64());
    }

    public Task StockBecomes(string sku, long onHand, long reserved) =>
        Eventually.Get(() => Stock(sku), seen => seen == (onHand, reserved), $"{onHand} on hand and {reserved} reserved of {sku}");

    public Task Tell<T>(string source, T happened) where T : IEvent => Store.Get<Database>(source).Write(tx =>
    {
        tx.Append(happened);
        return Task.CompletedTask;
    });

    public Task Paid(Guid order, params SkuQuantity[] lines) => Tell("orders", new OrderPaid(order, NewId(), null, lines, Some));

    /// <summary>Whether the SKU has been told to be in stock, event by event.</summary>
    public async Task<bool[]> Told(string sku) => [.. (await Store.Told("inventory", sku)).Select(one => one.Json.GetProperty("inStock").GetBoolean())];

    /// <summary>Waits until Inventory has read all that the neighbours told: an event behind a marker of its own has taken effect.</summary>
    public async Task ReadsAllOrders()
    {
        var marker = NewId();
        await Tell("orders", new OrderRejected(marker));
        await Eventually.Get(() => Database.Find<string>("SELECT decision FROM reservations WHERE order_id = @marker", new { marker }),
            decision => decision == Reservation.Released, "the marker");
    }

    private static Build Teller(string name, bool holdsState) => (args, seams) =>
    {
        var service = ServiceHost.Create(name, args, seams);
        service.AddDatabase(typeof(Shelf).Assembly, holdsState);
        return service.Build();
    };
}
