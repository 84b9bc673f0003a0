using System.Text.Json;
using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

[assembly: AssemblyFixture(typeof(Stoa.Carts.Tests.Market))]

namespace Stoa.Carts.Tests;

/// <summary>Carts among neighbours that say what a test tells them to. One store serves all tests: each takes shoppers
/// and SKUs of its own.</summary>
public sealed class Market : IAsyncLifetime
{
    private readonly Entropy _entropy = new(TimeProvider.System);

    public TestStore Store { get; private set; } = null!;

    public Database Database => Store.Get<Database>("carts");

    public async ValueTask InitializeAsync()
    {
        Store = await TestStore.Start([("products", Neighbour.Log("products", holdsState: true)), ("orders", Neighbour.Log("orders")),
            ("users", Neighbour.Log("users")), ("carts", Program.Build)]);
        await Eventually.Is(() => Task.FromResult(Store.Get<Subscriptions>("carts").ReachedHead("products", Program.Copy)), "the head of the catalogue");
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    public Guid NewId() => _entropy.NewId();

    public string NewSku() => "SKU-" + NewId().ToString("N")[16..];

    /// <summary>A new shopper's calls.</summary>
    public Shopper Shopper() => NewId() is var id ? new Shopper(id, Store.Tokens.Customer(id), Store) : null!;

    /// <summary>A new guest's calls.</summary>
    public Shopper Guest() => NewId() is var id ? new Shopper(id, Store.Tokens.Guest(id), Store) : null!;

    /// <summary>SKUs that Products sells and Carts knows of, at 10 cents each.</summary>
    public async Task<string[]> Skus(int count)
    {
        string[] skus = [.. Enumerable.Range(0, count).Select(_ => NewSku())];
        await Sells(new ProductChanged(NewId(), 1, "thing", [.. skus.Select(sku => new VariantForSale(sku, "Thing " + sku, new Money(10, "USD")))]));
        return skus;
    }

    public async Task<string> Sku() => (await Skus(1))[0];

    /// <summary>Products tells, and Carts has heard.</summary>
    public async Task Sells(ProductChanged product)
    {
        await Store.Tell("products", product);
        await Hears("products", product.ProductId);
    }

    public async Task Deletes(Guid productId, long version)
    {
        await Store.Tell("products", new ProductDeleted(productId, version));
        await Hears("products", productId);
    }

    /// <summary>Orders tells that an order is paid, and Carts has heard.</summary>
    public async Task Pays(OrderPaid order)
    {
        await Store.Tell("orders", order);
        await Hears("orders", order.OrderId);
    }

    /// <summary>Waits until Carts has read as far as the latest event of a subject.</summary>
    public async Task Hears(string source, Guid subject)
    {
        var (log, about) = (Store.Get<Database>(source), new { subject = subject.ToString() });
        await Eventually.Is(async () => await log.Scalar<int>("SELECT COUNT(*) FROM event_log WHERE subject = @subject AND position IS NULL", about) == 0, "all events numbered");
        var last = await log.Scalar<long>("SELECT MAX(position) FROM event_log WHERE subject = @subject", about);
        await Eventually.Is(async () => await Database.Scalar<long>("SELECT MAX(position) FROM subscriptions WHERE source = @source", new { source }) >= last,
            $"event {last} of {source}");
    }
}

/// <summary>Somebody with a cart.</summary>
public sealed record Shopper(Guid Id, string Token, TestStore Store)
{
    public Api Api => Store.Api("carts").As(Token);

    public Task<Reply> Cart() => Api.Get("/api/cart");

    public Task<Reply> Add(string sku, int quantity, params (string, string)[] headers) =>
        Api.Post("/api/cart/items", new { sku, quantity }, headers: headers);

    public Task<Reply> Set(string sku, int quantity, params (string, string)[] headers) =>
        Api.Put($"/api/cart/items/{sku}", new { quantity }, headers: headers);

    public Task<Reply> Merge(string guestToken) => Api.Post("/api/cart/merge", new { guestToken });

    /// <summary>What the cart holds, in its order.</summary>
    public async Task<(string Sku, int Quantity)[]> Lines() => Lines(await Cart());

    public static (string Sku, int Quantity)[] Lines(Reply reply)
    {
        Assert.Equal(200, reply.Status);
        return [.. reply.Json.GetProperty("items").EnumerateArray().Select(Line)];
    }

    /// <summary>What the cart holds that is no longer for sale.</summary>
    public static (string Sku, int Quantity)[] SetAside(Reply reply) => [.. reply.Json.GetProperty("notForSale").EnumerateArray().Select(Line)];

    private static (string, int) Line(JsonElement item) => (item.GetProperty("sku").GetString()!, item.GetProperty("quantity").GetInt32());
}
