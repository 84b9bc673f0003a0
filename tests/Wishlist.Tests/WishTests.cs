using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Wishlist.Tests;

/// <summary>Wishes through the Gateway, beside the real Products: the service as the store runs it. One store serves all
/// tests: each takes SKUs and a shopper of its own.</summary>
public sealed class WishTests(WishTests.Running running) : IClassFixture<WishTests.Running>
{
    public sealed class Running : IAsyncLifetime
    {
        public TestStore Store { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Store = await TestStore.Start(
            [("products", Products.Program.Build), ("wishlist", Program.Build), ("gateway", Gateway.Program.Build)],
            settings: new() { ["Stoa:Routes"] = "/api/wishlist=wishlist" });

        public ValueTask DisposeAsync() => Store.DisposeAsync();
    }

    private static readonly Guid Clerk = Guid.Parse("01900000-0000-7000-8000-00000000c1e4");
    private readonly TestStore _store = running.Store;
    private readonly Guid _ada = running.Store.Get<Entropy>("wishlist").NewId();

    private Api Shopper => _store.Api("gateway").As(_store.Tokens.Customer(_ada));

    private Api Staff => _store.Api("products").As(_store.Tokens.Staff(Clerk));

    [Fact]
    public async Task A_wish_shows_what_the_product_is_and_costs_now()
    {
        var id = await Make("JUG", "A jug", 2500);
        Assert.Equal(204, (await Wish(Shopper, "JUG")).Status);
        Assert.Equal("""{"items":[{"sku":"JUG","slug":"a-jug","name":"A jug","price":{"amount":2500,"currency":"USD"},"forSale":true}]}""", (await Shopper.Get("/api/wishlist")).Body);

        await Staff.Put($"/api/products/{id}", Product("JUG", "A jug", 1900));
        await Sees("""{"items":[{"sku":"JUG","slug":"a-jug","name":"A jug","price":{"amount":1900,"currency":"USD"},"forSale":true}]}""");
        await Staff.Delete($"/api/products/{id}");
        await Sees("""{"items":[{"sku":"JUG","slug":null,"name":"A jug","price":{"amount":1900,"currency":"USD"},"forSale":false}]}""");
    }

    [Fact]
    public async Task A_wish_made_twice_stands_there_once_and_one_that_is_removed_is_gone()
    {
        await Make("CUP", "A cup", 700);
        Assert.Equal(204, (await Wish(Shopper, "CUP")).Status);
        Assert.Equal(204, (await Wish(Shopper, "CUP")).Status);
        Assert.Equal(1, await Count(Shopper));

        Assert.Equal(204, (await Shopper.Delete("/api/wishlist/CUP")).Status);
        Assert.Equal(204, (await Shopper.Delete("/api/wishlist/CUP")).Status);
        Assert.Equal(0, await Count(Shopper));
    }

    [Fact]
    public async Task I4_A_guests_wishes_are_the_shoppers_after_login()
    {
        var guest = Guid.Parse("01900000-0000-7000-8000-0000000009e5");
        await Make("BOWL", "A bowl", 900);
        Assert.Equal(204, (await Wish(_store.Api("gateway").As(_store.Tokens.Guest(guest)), "BOWL")).Status);
        var after = _store.Api("gateway").As(_store.Tokens.Customer(_ada, guest));

        Assert.Equal(1, await Count(after));
        Assert.Equal(204, (await Wish(after, "BOWL")).Status);
        Assert.Equal(1, await Count(after));
        Assert.Equal(0, await Count(Shopper));
    }

    [Fact]
    public async Task Refuses_what_nobody_sells_and_the_hundred_and_first_wish()
    {
        await Make("LAST", "The last", 1);
        await Known("LAST");
        var unknown = await Eventually.Get(() => Shopper.Put("/api/wishlist/NO-SUCH-SKU"), reply => reply.Status != 503, "a copy at the head of its log");
        Assert.Equal((404, "sku_not_found"), (unknown.Status, unknown.Code));

        await _store.Get<Database>("wishlist").Write(async tx =>
        {
            for (var number = 0; number < 100; number++) await tx.Execute("INSERT INTO wishes (owner_id, sku, wished_at) VALUES (@_ada, @sku, 1)", new { _ada, sku = $"W{number}" });
        });
        var tooMany = await Wish(Shopper, "LAST");
        Assert.Equal((422, "validation"), (tooMany.Status, tooMany.Code));
    }

    [Fact]
    public async Task C1_Says_later_and_not_no_before_it_knows_the_catalogue()
    {
        await using var alone = await TestStore.Start([("wishlist", Program.Build)]);
        var reply = await alone.Api("wishlist").As(alone.Tokens.Customer(_ada)).Put("/api/wishlist/JUG");
        Assert.Equal((503, "temporarily_unavailable"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Needs_a_token()
    {
        var reply = await _store.Api("gateway").Get("/api/wishlist");
        Assert.Equal((401, "unauthenticated"), (reply.Status, reply.Code));
    }

    private static object Product(string sku, string name, long amount) => new { name, variants = new[] { new { sku, price = new Money(amount, "USD") } } };

    private async Task<string> Make(string sku, string name, long amount)
    {
        var made = await Staff.Post("/api/products", Product(sku, name, amount));
        Assert.True(made.Status == 201, made.ToString());
        return made.Json.GetProperty("id").GetString()!;
    }

    /// <summary>The event of a product that was just made is on its way.</summary>
    private Task Known(string sku) => Eventually.Is(
        async () => await _store.Get<Database>("wishlist").Find<string>("SELECT sku FROM variants WHERE sku = @sku", new { sku }) is not null, $"{sku} in the copy");

    private async Task<Reply> Wish(Api shopper, string sku)
    {
        await Known(sku);
        return await shopper.Put($"/api/wishlist/{sku}");
    }

    private static async Task<int> Count(Api shopper) => (await shopper.Get("/api/wishlist")).Json.GetProperty("items").GetArrayLength();

    private Task Sees(string expected) => Eventually.Get(async () => (await Shopper.Get("/api/wishlist")).Body, seen => seen == expected, expected);
}
