using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Orders.Tests;

public sealed class CopyPricesTests(Shop shop)
{
    [Fact]
    public async Task The_newest_version_counts_and_an_older_one_never_overwrites_it()
    {
        var (product, sku) = (shop.NewId(), "SKU-" + shop.NewId());
        await shop.Tell("products", Shop.Product(product, 1, (sku, 100)));
        await shop.KnowsPrice(sku, 100);
        await shop.Tell("products", Shop.Product(product, 3, (sku, 300)));
        await shop.KnowsPrice(sku, 300);
        await shop.Tell("products", Shop.Product(product, 2, (sku, 200)));
        await shop.Sell(1); // a later event has taken effect
        await shop.KnowsPrice(sku, 300);
    }

    [Fact]
    public async Task A_variant_that_is_gone_is_not_for_sale_and_a_deleted_product_stays_deleted()
    {
        var product = shop.NewId();
        var (kept, dropped) = ("SKU-" + shop.NewId(), "SKU-" + shop.NewId());
        await shop.Tell("products", Shop.Product(product, 1, (kept, 100), (dropped, 100)));
        await shop.KnowsPrice(dropped, 100);
        await shop.Tell("products", Shop.Product(product, 2, (kept, 100)));
        await shop.KnowsPrice(dropped, null);
        await shop.KnowsPrice(kept, 100);
        await shop.Tell("products", new ProductDeleted(product, 4));
        await shop.KnowsPrice(kept, null);
        await shop.Tell("products", Shop.Product(product, 3, (kept, 100)));
        await shop.Sell(1);
        await shop.KnowsPrice(kept, null);
    }

    [Fact]
    public async Task A_sku_may_move_to_another_product()
    {
        var (one, other, sku) = (shop.NewId(), shop.NewId(), "SKU-" + shop.NewId());
        await shop.Tell("products", Shop.Product(one, 1, (sku, 100)));
        await shop.Tell("products", Shop.Product(one, 2));
        await shop.Tell("products", Shop.Product(other, 1, (sku, 250)));
        await shop.KnowsPrice(sku, 250);
        await shop.Tell("products", new ProductDeleted(one, 3));
        await shop.Sell(1);
        await shop.KnowsPrice(sku, 250);
    }

    [Fact]
    public async Task Before_the_copy_was_once_complete_an_unknown_sku_is_503_and_a_known_one_sells() // C1
    {
        await using var own = await Shop.Open();
        var sku = await own.Sell(1000);
        await Eventually.Get(OfUnknown, reply => Both(reply) == (409, "not_for_sale"), "the copy complete");
        await own.Store.Stop("products");
        await own.Store.Stop("orders");
        await own.Store.Run("orders");
        await Eventually.Get(OfUnknown, reply => Both(reply) == (409, "not_for_sale"), "what was complete before the start taken for complete after it");

        await own.Store.Get<Database>("orders").Write(tx => tx.Execute("UPDATE subscriptions SET reached_head = FALSE WHERE source = 'products'"));
        await own.Store.Stop("orders");
        await own.Store.Run("orders");
        var reply = await OfUnknown();
        Assert.Equal((503, "temporarily_unavailable"), Both(reply));
        Assert.NotNull(reply.Header("Retry-After"));
        Assert.Equal(201, (await own.Customer().Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k")).Status);

        Task<Reply> OfUnknown() => own.Customer().Post("/api/orders", Shop.OrderOf("UNKNOWN", 1), key: "k");
    }

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
