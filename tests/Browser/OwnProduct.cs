using System.Text.Json;
using Stoa.Kit;

namespace Stoa.Browser;

/// <summary>A product of a test's own, so that no other test sees its price move or its stock end. It leaves the catalogue with
/// the test.</summary>
public sealed class OwnProduct : IAsyncDisposable
{
    private readonly RunningShop _shop;
    private readonly Api _staff;
    private Guid _id;

    private OwnProduct(RunningShop shop, Api staff) => (_shop, _staff) = (shop, staff);

    public string Slug { get; } = "own-" + Path.GetRandomFileName().Replace('.', '-');

    public string Sku => Slug.ToUpperInvariant();

    /// <summary>For sale and on the shelf, and all who sell it know.</summary>
    public static async Task<OwnProduct> ForSale(RunningShop shop, long priceMinor, int stock)
    {
        var product = new OwnProduct(shop, await shop.StaffApi());
        var made = await product._staff.Post("/api/products", product.Described(priceMinor));
        Assert.Equal(201, made.Status);
        product._id = made.Json.GetProperty("id").GetGuid();
        await product.Adjust(stock);
        await Eventually.Is(async () => (await shop.Api.Get("/api/products/" + product.Slug)) is { Status: 200 } page && page.Json.GetProperty("inStock").GetBoolean(), "the product in stock");
        var guest = await shop.Guest();
        await Eventually.Is(async () => (await guest.Post("/api/cart/items", new { sku = product.Sku, quantity = 1 })).Status == 200, "it in a cart");
        await product.UntilPriced(priceMinor);
        return product;
    }

    /// <summary>Changes the price, and waits until Orders and Carts have heard.</summary>
    public async Task Costs(long priceMinor)
    {
        Assert.Equal(200, (await _staff.Put($"/api/products/{_id}", Described(priceMinor))).Status);
        await UntilPriced(priceMinor);
    }

    public async Task Adjust(int delta) => await Eventually.Is(
        async () => (await _staff.Post($"/api/stock/{Sku}/adjustments", new { delta, reason = "a test" }, key: $"{Sku}:{delta}")).Status is 201 or 200, "its stock");

    private async Task UntilPriced(long priceMinor)
    {
        var guest = await _shop.Guest();
        await Eventually.Is(async () => Amount(await guest.Post("/api/orders/quote", new { items = new[] { new { sku = Sku, quantity = 1 } }, shippingAddress = new { country = "US" } })) == priceMinor, "the price at Orders");
        await Eventually.Is(async () => Amount(await guest.Put($"/api/cart/items/{Sku}", new { quantity = 1 })) == priceMinor, "the price at Carts");
    }

    private static long? Amount(Reply reply) => reply.Status == 200 ? reply.Json.GetProperty("subtotal").GetProperty("amount").GetInt64() : null;

    private object Described(long priceMinor) => new
    {
        slug = Slug,
        name = "Own thing",
        category = new { slug = "kitchen", name = "Kitchen" },
        variants = new[] { new { sku = Sku, price = new { amount = priceMinor, currency = "USD" } } },
    };

    public async ValueTask DisposeAsync() => await _staff.Delete($"/api/products/{_id}");
}
