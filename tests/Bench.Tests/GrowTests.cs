using Stoa.Bench.Growth;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Bench.Tests;

/// <summary>A store whose rows were copied is like one that grew: the services find, sell and tell what was copied.</summary>
public sealed class GrowTests : IAsyncLifetime
{
    private const int Count = 40;
    private static readonly string[] Services = ["products", "inventory", "carts", "orders"];

    private readonly Guid _guest = new(7, 0, 0, new byte[8]);
    private TestStore _store = null!;
    private int _keys;

    private Api Staff => _store.Api("products").As(_store.Tokens.Staff(Guid.Empty));

    private Api Guest => _store.Api("orders").As(_store.Tokens.Guest(_guest));

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.Start([("products", Products.Program.Build), ("inventory", Inventory.Program.Build), ("carts", Carts.Program.Build), ("orders", Orders.Program.Build)]);
        await Template();
        var databases = Services.ToDictionary(service => service, service => _store.Get<StoaOptions>(service).Database);
        foreach (var service in Services) await _store.Stop(service);
        var grow = new Grow(service => databases[service], Count);
        await grow.Products();
        await grow.Orders();
        await grow.Heads(Services);
        foreach (var service in Services) await _store.Run(service);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Shows_a_copy_with_its_own_name_and_price()
    {
        var product = (await _store.Api("products").Get("/api/products/thing-7")).Json;

        Assert.Equal("Thing 7 of olive", product.GetProperty("name").GetString());
        Assert.Equal("category-7", product.GetProperty("category").GetString());
        Assert.Equal(Grow.PriceOf(7), product.GetProperty("variants")[0].GetProperty("price").GetProperty("amount").GetInt64());
        Assert.True(product.GetProperty("inStock").GetBoolean());
        Assert.Equal(200, (await _store.Api("products").Get($"/api/products/{product.GetProperty("id").GetString()}")).Status);
    }

    [Fact]
    public async Task Walks_through_all_copies_and_the_template_in_any_order()
    {
        foreach (var sort in new[] { "newest", "price", "name" })
        {
            var seen = new HashSet<string>();
            for (var cursor = ""; cursor is not null;)
            {
                var page = (await _store.Api("products").Get($"/api/products?limit=15&sort={sort}" + cursor)).Json;
                foreach (var item in page.GetProperty("items").EnumerateArray()) Assert.True(seen.Add(item.GetProperty("slug").GetString()!));
                cursor = page.GetProperty("nextCursor").GetString() is { } next ? "&cursor=" + Uri.EscapeDataString(next) : null;
            }

            Assert.Equal(Count + 1, seen.Count);
        }
    }

    [Fact]
    public async Task Finds_copies_by_their_words()
    {
        foreach (var (search, found) in new[] { ("kin000001", 20), ("olive kin000001", 20), ("olive", Count + 1), ("THING-7", 1) })
            Assert.Equal(found, (await _store.Api("products").Get($"/api/products?limit=100&search={Uri.EscapeDataString(search)}")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Takes_an_order_for_a_copy_and_holds_its_stock()
    {
        var held = await Reserved("THING-7"); // the template's is held as well

        Assert.InRange((await Order(Guest, "THING-7", Grow.PriceOf(7))).Status, 201, 202); // 202: Inventory is slow today
        await Eventually.Is(async () => await Reserved("THING-7") == held + 1, "one more is held");
    }

    [Fact]
    public async Task Gives_the_templates_buyer_twenty_orders_more()
    {
        var orders = (await Guest.Get("/api/orders?limit=100")).Json.GetProperty("items").EnumerateArray()
            .Where(order => order.GetProperty("number").GetString()!.StartsWith("S-00000", StringComparison.Ordinal)).ToList();

        Assert.Equal(Grow.OrdersOfABuyer, orders.Select(order => order.GetProperty("number").GetString()).Distinct().Count());
        Assert.Contains(orders, order => order.GetProperty("items")[0].GetProperty("sku").GetString() == "THING-38");
    }

    [Fact]
    public async Task Tells_what_changes_later_to_those_who_stood_at_the_head()
    {
        var product = (await _store.Api("products").Get("/api/products/thing-7")).Json;
        var changed = await Staff.Put($"/api/products/{product.GetProperty("id").GetString()}", Product("thing-7", "THING-7", 5));

        Assert.Equal(200, changed.Status);
        await Eventually.Is(async () => (await Order(Guest, "THING-7", 5)).Status == 201, "the new price counts");
    }

    private async Task Template()
    {
        Assert.Equal(201, (await Staff.Post("/api/products", Product(Grow.Slug, Grow.Sku, Grow.Price))).Status);
        var inventory = _store.Api("inventory").As(_store.Tokens.Staff(Guid.Empty));
        await Eventually.Is(async () => (await inventory.Post($"/api/stock/{Grow.Sku}/adjustments", new { delta = 1000, reason = "bench" }, key: "k")).Status == 201, "the SKU is known");
        await Eventually.Is(async () => (await _store.Api("products").Get($"/api/products/{Grow.Slug}")).Json.GetProperty("inStock").GetBoolean(), "in stock");
        await Eventually.Is(async () => (await Order(Guest, Grow.Sku, Grow.Price)).Status == 201, "the order");
        await Eventually.Is(async () => (await _store.Get<Database>("carts").Query<string>("SELECT sku FROM variants")).Count == 1, "the cart's copy");
    }

    private async Task<int> Reserved(string sku) =>
        (await _store.Api("inventory").As(_store.Tokens.Staff(Guid.Empty)).Get($"/api/stock/{sku}")).Json.GetProperty("reserved").GetInt32();

    private Task<Reply> Order(Api buyer, string sku, long price) => buyer.Post("/api/orders", new
    {
        items = new[] { new { sku, quantity = 1 } },
        shownTotal = new { amount = price, currency = "USD" },
        email = "guest@example.com",
        shippingAddress = new { name = "Ada", line1 = "12 St James's Square", city = "London", postalCode = "SW1Y 4JH", country = "GB" },
    }, key: $"key-{_keys++}");

    private static object Product(string slug, string sku, long price) => new
    {
        slug,
        name = "Thing nametemplate of olive",
        summary = "A thing to measure with.",
        description = "Of the kin kintemplate. It is made of olive and marble.",
        category = new { slug = "category-template", name = "Category template" },
        variants = new[] { new { sku, name = "Thing nametemplate", price = new { amount = price, currency = "USD" } } },
    };
}
