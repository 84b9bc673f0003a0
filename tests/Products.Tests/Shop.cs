using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

[assembly: AssemblyFixture(typeof(Stoa.Products.Tests.Shop))]

namespace Stoa.Products.Tests;

/// <summary>Products beside an Inventory that says what a test tells it to. One store serves all tests: each takes
/// categories, names and SKUs of its own.</summary>
public sealed class Shop : IAsyncLifetime
{
    public static readonly Guid Clerk = Guid.Parse("01900000-0000-7000-8000-00000000c1e4");
    private readonly Entropy _entropy = new(TimeProvider.System);

    public TestStore Store { get; private set; } = null!;

    public Api Anybody => Store.Api("products");

    public Api Staff => Anybody.As(Store.Tokens.Staff(Clerk));

    public Database Database => Store.Get<Database>("products");

    public async ValueTask InitializeAsync() => Store = await TestStore.Start([("inventory", Inventory), ("products", Program.Build)]);

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    /// <summary>A word that nothing else holds: lower-case letters.</summary>
    public string Word(string start = "w") => start + string.Concat(_entropy.Bytes(8).Select(b => (char)('a' + (b % 26))));

    /// <summary>A product of one kind, with a SKU of its own.</summary>
    public object Single(string name, long price = 1000, object? category = null, string? summary = null, string? description = null, string? slug = null, string? sku = null) =>
        new { slug, name, summary, description, category, variants = new[] { new { sku = sku ?? Word("SKU-"), price = Usd(price) } } };

    public static object Usd(long amount) => new { amount, currency = "USD" };

    public async Task<JsonElement> Make(object product)
    {
        var reply = await Staff.Post("/api/products", product);
        Assert.True(reply.Status == 201, reply.ToString());
        return reply.Json;
    }

    public async Task<JsonElement> Get(string slug) => (await Anybody.Get("/api/products/" + slug)).Json;

    /// <summary>The names on the first page of a list.</summary>
    public async Task<string[]> Names(string query) => Names((await Anybody.Get("/api/products?" + query)).Json);

    public static string[] Names(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];

    public Task Tell(string sku, bool inStock) => Store.Get<Database>("inventory").Write(tx =>
    {
        tx.Append(new StockAvailabilityChanged(sku, inStock));
        return Task.CompletedTask;
    });

    public async Task StockOf(string slug, params bool[] expected) => await Eventually.Is(
        async () => expected.SequenceEqual((await Get(slug)).GetProperty("variants").EnumerateArray().Select(one => one.GetProperty("inStock").GetBoolean())),
        $"{slug} in stock: {string.Join(", ", expected)}");

    private static WebApplication Inventory(string[] args, Seams? seams)
    {
        var service = ServiceHost.Create("inventory", args, seams);
        service.AddDatabase(typeof(Shop).Assembly, logHoldsState: true);
        return service.Build();
    }
}
