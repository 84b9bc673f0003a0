using System.Text.Json;
using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Carts.Tests;

/// <summary>The copy of the catalogue's names and prices (C1).</summary>
public sealed class CatalogueTests(Market market)
{
    private static ProductChanged Mug(Guid id, long version, params (string Sku, long Price)[] variants) =>
        new(id, version, "mug", [.. variants.Select(one => new VariantForSale(one.Sku, $"Mug v{version}", new Money(one.Price, "USD")))]);

    private static async Task<long> Price(Shopper shopper) => (await shopper.Cart()).Json.GetProperty("subtotal").GetProperty("amount").GetInt64();

    [Fact]
    public async Task Until_the_copy_has_reached_the_head_of_its_log_an_unknown_sku_is_503()
    {
        await using var store = await TestStore.Start([("carts", Program.Build)]);
        var shopper = new Shopper(market.NewId(), store.Tokens.Customer(market.NewId()), store);
        foreach (var reply in new[] { await shopper.Add("A", 1), await shopper.Set("A", 1) })
        {
            Assert.Equal((503, "temporarily_unavailable"), (reply.Status, reply.Code));
            Assert.NotNull(reply.Header("Retry-After"));
        }

        Assert.Equal(200, (await shopper.Cart()).Status);
        Assert.Equal(200, (await shopper.Set("A", 0)).Status);
    }

    [Fact]
    public async Task Shows_the_price_of_now()
    {
        var (shopper, mug, sku) = (market.Shopper(), market.NewId(), market.NewSku());
        await market.Sells(Mug(mug, 1, (sku, 500)));
        await shopper.Add(sku, 2);
        var before = (await shopper.Cart()).Header("ETag");
        await market.Sells(Mug(mug, 2, (sku, 450)));
        var cart = await shopper.Cart();
        Assert.Equal(900, await Price(shopper));
        Assert.Equal("Mug v2", cart.Json.GetProperty("items")[0].GetProperty("name").GetString());
        Assert.Equal(before, cart.Header("ETag")); // a price is no change of the cart: it must not stand in the way of one
    }

    [Fact]
    public async Task Points_out_a_price_that_moved_until_the_line_is_set_at_the_new_one()
    {
        var (shopper, mug, sku, other) = (market.Shopper(), market.NewId(), market.NewSku(), market.NewSku());
        await market.Sells(Mug(mug, 1, (sku, 500), (other, 700)));
        await shopper.Add(sku, 2);
        await shopper.Add(other, 1);
        Assert.Equal([null, null], Before(await shopper.Cart()));
        await market.Sells(Mug(mug, 2, (sku, 550), (other, 700)));
        Assert.Equal([500, null], Before(await shopper.Cart()));
        Assert.Equal([500, null], Before(await shopper.Cart())); // reading is not yet agreeing
        Assert.Equal([null, null], Before(await shopper.Set(sku, 2)));
        await market.Sells(Mug(mug, 3, (sku, 500), (other, 700)));
        await market.Sells(Mug(mug, 4, (sku, 550), (other, 700)));
        Assert.Equal([null, null], Before(await shopper.Cart())); // it moved and came back
    }

    [Fact]
    public async Task A_price_that_moved_is_pointed_out_after_a_login_too()
    {
        var (guest, shopper, mug, sku, own) = (market.Guest(), market.Shopper(), market.NewId(), market.NewSku(), market.NewSku());
        await market.Sells(Mug(mug, 1, (sku, 500), (own, 700)));
        await guest.Add(sku, 1);
        await shopper.Add(own, 1);
        await market.Sells(Mug(mug, 2, (sku, 450), (own, 750)));
        Assert.Equal([700, 500], Before(await shopper.Merge(guest.Token)));
    }

    /// <summary>The former price of each line, in cents; null where it is the one of now.</summary>
    private static long?[] Before(Reply cart) => [.. cart.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("previousUnitPrice"))
        .Select(price => price.ValueKind is JsonValueKind.Null ? (long?)null : price.GetProperty("amount").GetInt64())];

    [Fact]
    public async Task An_older_version_changes_nothing()
    {
        var (shopper, mug, sku) = (market.Shopper(), market.NewId(), market.NewSku());
        await market.Sells(Mug(mug, 3, (sku, 500)));
        await shopper.Add(sku, 1);
        await market.Sells(Mug(mug, 2, (sku, 1)));
        await market.Sells(Mug(mug, 3, (sku, 2)));
        Assert.Equal(500, await Price(shopper));
        await market.Deletes(mug, 3);
        Assert.Equal(500, await Price(shopper));
    }

    [Fact]
    public async Task A_variant_that_left_stands_apart_and_comes_back_with_its_product()
    {
        var (shopper, mug, small, large) = (market.Shopper(), market.NewId(), market.NewSku(), market.NewSku());
        await market.Sells(Mug(mug, 1, (small, 500), (large, 700)));
        await shopper.Add(small, 1);
        await shopper.Add(large, 2);
        await market.Sells(Mug(mug, 2, (large, 700)));
        var cart = await shopper.Cart();
        Assert.Equal([(large, 2)], Shopper.Lines(cart));
        Assert.Equal([(small, 1)], Shopper.SetAside(cart));
        Assert.Equal("Mug v1", cart.Json.GetProperty("notForSale")[0].GetProperty("name").GetString());
        Assert.Equal(1400, await Price(shopper));
        Assert.Equal("sku_not_found", (await shopper.Add(small, 1)).Code);

        await market.Sells(Mug(mug, 3, (small, 550), (large, 700)));
        Assert.Equal([(small, 1), (large, 2)], await shopper.Lines());
    }

    [Fact]
    public async Task A_deleted_product_stays_deleted_and_its_lines_can_be_removed()
    {
        var (shopper, mug, sku) = (market.Shopper(), market.NewId(), market.NewSku());
        await market.Sells(Mug(mug, 1, (sku, 500)));
        await shopper.Add(sku, 1);
        await market.Deletes(mug, 2);
        await market.Sells(Mug(mug, 1, (sku, 500)));
        Assert.Equal([(sku, 1)], Shopper.SetAside(await shopper.Cart()));
        Assert.Empty(Shopper.SetAside(await shopper.Api.Delete($"/api/cart/items/{sku}")));
    }

    [Fact]
    public async Task A_sku_may_move_to_another_product()
    {
        var (shopper, old, fresh, sku) = (market.Shopper(), market.NewId(), market.NewId(), market.NewSku());
        await market.Sells(Mug(old, 1, (sku, 500)));
        await shopper.Add(sku, 1);
        await market.Sells(Mug(old, 2));
        await market.Sells(Mug(fresh, 1, (sku, 600)));
        await market.Sells(Mug(old, 3));
        Assert.Equal(600, await Price(shopper));
    }

    [Fact]
    public async Task After_a_restore_of_products_the_copy_is_read_again_from_the_start()
    {
        await using var store = await TestStore.Start([("products", Neighbour.Log("products", holdsState: true)), ("carts", Program.Build)]);
        var (shopper, kept, lost) = (new Shopper(market.NewId(), store.Tokens.Customer(market.NewId()), store), market.NewSku(), market.NewSku());
        await store.Tell("products", Mug(market.NewId(), 7, (kept, 500)));
        await store.Tell("products", Mug(market.NewId(), 1, (lost, 500)));
        await Eventually.Get(() => shopper.Add(lost, 1), reply => reply.Status == 200, "the second product");
        await shopper.Add(kept, 1);

        // A backup brings back a log without the second product, under a new epoch; the first one's version is lower.
        var fresh = market.NewId();
        await store.Stop("carts");
        await store.Get<Database>("products").Write(tx => tx.Execute("DELETE FROM event_log"));
        await store.Get<Database>("products").Write(tx => tx.Execute("UPDATE event_log_epoch SET epoch = @fresh", new { fresh }));
        await store.Stop("products");
        await store.Run("products");
        await store.Tell("products", Mug(market.NewId(), 3, (kept, 400)));
        await store.Run("carts");
        await Eventually.Get(shopper.Cart, reply => reply.Status == 200 && Shopper.SetAside(reply).Length == 1, "a cart of the restored catalogue");
        Assert.Equal([(kept, 1)], await shopper.Lines());
        Assert.Equal(400, await Price(shopper));
    }
}
