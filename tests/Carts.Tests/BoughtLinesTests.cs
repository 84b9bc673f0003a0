using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Carts.Tests;

/// <summary>What was bought leaves the cart that the order names, once (C2); what nobody can come back to is forgotten.</summary>
public sealed class BoughtLinesTests(Market market)
{
    private OrderPaid Order(Guid buyer, Guid? cart, params (string Sku, int Quantity)[] lines) =>
        new(market.NewId(), buyer, cart, [.. lines.Select(line => new SkuQuantity(line.Sku, line.Quantity))], new Money(100, "USD"));

    [Fact]
    public async Task Subtracts_what_was_ordered_never_below_0()
    {
        var (shopper, skus) = (market.Shopper(), await market.Skus(3));
        await shopper.Add(skus[0], 5);
        await shopper.Add(skus[1], 2);
        await shopper.Add(skus[2], 1);
        var before = (await shopper.Cart()).Header("ETag");
        await market.Pays(Order(shopper.Id, shopper.Id, (skus[0], 3), (skus[1], 7), (market.NewSku(), 1)));
        Assert.Equal([(skus[0], 2), (skus[2], 1)], await shopper.Lines());
        Assert.NotEqual(before, (await shopper.Cart()).Header("ETag"));
    }

    [Fact]
    public async Task Once_per_order_however_often_it_is_told()
    {
        var (shopper, sku) = (market.Shopper(), await market.Sku());
        await shopper.Add(sku, 5);
        var order = Order(shopper.Id, shopper.Id, (sku, 2));
        await market.Pays(order);
        await market.Pays(order);
        Assert.Equal([(sku, 3)], await shopper.Lines());
    }

    [Fact]
    public async Task Only_from_the_cart_that_the_order_names()
    {
        var (shopper, sku) = (market.Shopper(), await market.Sku());
        await shopper.Add(sku, 5);
        await market.Pays(Order(shopper.Id, null, (sku, 2)));
        Assert.Equal([(sku, 5)], await shopper.Lines());
    }

    [Fact]
    public async Task Follows_a_guests_cart_into_the_shoppers_that_it_was_merged_into()
    {
        var (shopper, guest, sku) = (market.Shopper(), market.Guest(), await market.Sku());
        await guest.Add(sku, 5);
        var order = Order(guest.Id, guest.Id, (sku, 2));
        await shopper.Merge(guest.Token);
        await market.Pays(order);
        Assert.Equal([(sku, 3)], await shopper.Lines());
    }

    [Fact]
    public async Task Follows_a_guests_cart_also_when_the_order_has_become_the_shoppers_since()
    {
        var (shopper, guest, sku) = (market.Shopper(), market.Guest(), await market.Sku());
        await guest.Add(sku, 5);
        await shopper.Merge(guest.Token);
        await market.Pays(Order(shopper.Id, guest.Id, (sku, 2)));
        Assert.Equal([(sku, 3)], await shopper.Lines());
    }

    [Fact]
    public async Task Empties_a_guests_cart_when_the_order_has_become_the_shoppers_and_the_cart_has_not_yet()
    {
        var (shopper, guest, sku) = (market.Shopper(), market.Guest(), await market.Sku());
        await guest.Add(sku, 5);
        await market.Pays(Order(shopper.Id, guest.Id, (sku, 2)));
        await shopper.Merge(guest.Token);
        Assert.Equal([(sku, 3)], await shopper.Lines());
    }

    [Fact]
    public async Task An_erased_users_cart_is_removed()
    {
        var (shopper, other, sku) = (market.Shopper(), market.Shopper(), await market.Sku());
        await shopper.Add(sku, 5);
        await other.Add(sku, 1);
        await market.Store.Tell("users", new UserErased(shopper.Id));
        await market.Hears("users", shopper.Id);
        Assert.Empty(await shopper.Lines());
        Assert.Equal(0, await market.Database.Scalar<int>("SELECT COUNT(*) FROM cart_lines WHERE cart_id = @Id", new { shopper.Id }));
        Assert.Equal([(sku, 1)], await other.Lines());
    }

    [Fact]
    public async Task A_guests_cart_is_forgotten_90_days_after_its_last_change_and_a_shoppers_is_not()
    {
        var clock = new ManualClock();
        await using var store = await TestStore.Start(
            [("products", Neighbour.Log("products", holdsState: true)), ("users", Neighbour.Log("users")), ("carts", Program.Build)], clock);
        await store.Tell("products", new ProductChanged(market.NewId(), 1, "mug", [new VariantForSale("MUG", "Mug", new Money(1, "USD"))]));
        Shopper As(Guid id, string role) => new(id, store.Tokens.Make(id, [role], []), store);
        var (old, fresh, shopper) = (market.NewId(), market.NewId(), market.NewId());
        await Eventually.Get(() => As(old, "guest").Add("MUG", 1), reply => reply.Status == 200, "the mug");
        await As(shopper, "customer").Add("MUG", 1);
        clock.Advance(TimeSpan.FromDays(1));
        await As(fresh, "guest").Add("MUG", 1);
        clock.Advance(TimeSpan.FromDays(89) + TimeSpan.FromHours(1));
        await store.Get<LoopRegistry>("carts").Step("old-carts", CancellationToken.None);
        var left = await store.Get<Database>("carts").Query<Guid>("SELECT cart_id FROM cart_lines");
        Assert.Equal(new[] { fresh, shopper }.Order(), left.Order());
    }
}
