using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Carts.Tests;

public sealed class CartTests(Market market)
{
    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);

    [Fact]
    public async Task An_empty_cart_is_a_cart_too()
    {
        var shopper = market.Shopper();
        var reply = await shopper.Cart();
        Assert.Equal(200, reply.Status);
        Assert.Equal("no-store", reply.Header("Cache-Control"));
        Assert.Equal("\"0\"", reply.Header("ETag"));
        Assert.Equal("""{"amount":0,"currency":"USD"}""", reply.Json.GetProperty("subtotal").GetRawText());
        Assert.Empty(reply.Json.GetProperty("items").EnumerateArray());
        Assert.Equal(reply.Json.GetProperty("id").GetGuid(), (await shopper.Cart()).Json.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Shows_names_and_prices_of_the_catalogue_and_their_sums()
    {
        var (shopper, first, second) = (market.Shopper(), market.NewSku(), market.NewSku());
        await market.Sells(new ProductChanged(market.NewId(), 1, "blue-mug",
            [new VariantForSale(first, "Blue mug, small", new Money(1250, "USD")), new VariantForSale(second, "Blue mug, large", new Money(1999, "USD"))]));
        await shopper.Add(second, 1);
        var reply = await shopper.Add(first, 3);
        Assert.Equal("\"2\"", reply.Header("ETag"));
        Assert.Equal(2, reply.Json.GetProperty("version").GetInt64());
        Assert.Equal([(second, 1), (first, 3)], Shopper.Lines(reply));
        Assert.Equal(
            Json.Write(new { sku = first, slug = "blue-mug", name = "Blue mug, small", quantity = 3, unitPrice = new Money(1250, "USD"), lineTotal = new Money(3750, "USD"), previousUnitPrice = (Money?)null }),
            reply.Json.GetProperty("items")[1].GetRawText());
        Assert.Equal(5749, reply.Json.GetProperty("subtotal").GetProperty("amount").GetInt64());
        Assert.Equal(reply.Body, (await shopper.Cart()).Body);
    }

    [Fact]
    public async Task A_guest_has_a_cart_and_nobody_sees_anothers()
    {
        var (guest, other, sku) = (market.Guest(), market.Guest(), await market.Sku());
        Assert.Equal([(sku, 2)], Shopper.Lines(await guest.Add(sku, 2)));
        Assert.Empty(await other.Lines());
        Assert.Equal((401, "unauthenticated"), Both(await market.Store.Api("carts").Get("/api/cart")));
    }

    [Fact]
    public async Task Adds_sets_removes_and_empties()
    {
        var (shopper, skus) = (market.Shopper(), await market.Skus(3));
        foreach (var sku in skus) await shopper.Add(sku, 1);
        Assert.Equal([(skus[0], 6), (skus[1], 1), (skus[2], 1)], Shopper.Lines(await shopper.Add(skus[0], 5)));
        Assert.Equal([(skus[0], 6), (skus[1], 9), (skus[2], 1)], Shopper.Lines(await shopper.Set(skus[1], 9)));
        Assert.Equal([(skus[1], 9), (skus[2], 1)], Shopper.Lines(await shopper.Set(skus[0], 0)));
        Assert.Equal([(skus[2], 1)], Shopper.Lines(await shopper.Api.Delete($"/api/cart/items/{skus[1]}")));
        Assert.Equal([(skus[2], 1)], Shopper.Lines(await shopper.Api.Delete($"/api/cart/items/{skus[1]}")));
        Assert.Equal([(skus[2], 1), (skus[0], 4)], Shopper.Lines(await shopper.Set(skus[0], 4)));
        Assert.Empty(Shopper.Lines(await shopper.Api.Delete("/api/cart")));
        Assert.Empty(Shopper.Lines(await shopper.Api.Delete("/api/cart")));
    }

    [Fact]
    public async Task Additions_at_once_all_count()
    {
        var (shopper, sku) = (market.Shopper(), await market.Sku());
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shopper.Add(sku, 1)));
        Assert.Equal([(sku, 20)], await shopper.Lines());
    }

    [Fact]
    public async Task Refuses_a_sku_that_nobody_sells()
    {
        var shopper = market.Shopper();
        Assert.Equal((404, "sku_not_found"), Both(await shopper.Add(market.NewSku(), 1)));
        Assert.Equal((404, "sku_not_found"), Both(await shopper.Set(market.NewSku(), 1)));
        Assert.Equal((404, "sku_not_found"), Both(await shopper.Set("a%20b%27;--", 1)));
    }

    [Theory]
    [InlineData("quantity", """{"sku": "A"}""")]
    [InlineData("quantity", """{"sku": "A", "quantity": 0}""")]
    [InlineData("quantity", """{"sku": "A", "quantity": -1}""")]
    [InlineData("quantity", """{"sku": "A", "quantity": 1000}""")]
    [InlineData("sku", """{"quantity": 1}""")]
    [InlineData("sku", """{"sku": " ", "quantity": 1}""")]
    public async Task Refuses_a_field_that_is_not_as_it_must_be(string field, string body)
    {
        var reply = await market.Shopper().Api.Post("/api/cart/items", body);
        Assert.Equal((422, "validation"), Both(reply));
        Assert.Equal([field], reply.Json.GetProperty("errors").EnumerateObject().Select(one => one.Name));
    }

    [Theory]
    [InlineData("{\"sku\": 1, \"quantity\": 1}")]
    [InlineData("{\"sku\": \"A\", \"quantity\": \"1\"}")]
    [InlineData("{\"sku\": \"A\", \"quantity\": 1.5}")]
    [InlineData("{\"sku\": \"A\", \"quantity\": 99999999999}")]
    [InlineData("{")]
    public async Task Refuses_a_body_that_is_no_request(string body) =>
        Assert.Equal((400, "malformed"), Both(await market.Shopper().Api.Post("/api/cart/items", body)));

    [Fact]
    public async Task Holds_at_most_999_of_one_sku()
    {
        var (shopper, sku) = (market.Shopper(), await market.Sku());
        await shopper.Add(sku, 998);
        Assert.Equal(200, (await shopper.Add(sku, 1)).Status);
        Assert.Equal((422, "validation"), Both(await shopper.Add(sku, 1)));
        Assert.Equal((422, "validation"), Both(await shopper.Set(sku, 1000)));
        Assert.Equal((422, "validation"), Both(await shopper.Set(sku, -1)));
        Assert.Equal((422, "validation"), Both(await shopper.Api.Put($"/api/cart/items/{sku}", "{}")));
        Assert.Equal([(sku, 999)], await shopper.Lines());
    }

    [Fact]
    public async Task Holds_at_most_100_lines()
    {
        var (shopper, skus) = (market.Shopper(), await market.Skus(101));
        foreach (var sku in skus[..100]) Assert.Equal(200, (await shopper.Add(sku, 1)).Status);
        Assert.Equal((422, "validation"), Both(await shopper.Add(skus[100], 1)));
        Assert.Equal((422, "validation"), Both(await shopper.Set(skus[100], 1)));
        Assert.Equal(200, (await shopper.Add(skus[99], 1)).Status);
        Assert.Equal(100, (await shopper.Lines()).Length);
    }

    [Fact]
    public async Task Every_change_honours_if_match()
    {
        var (shopper, guest, sku) = (market.Shopper(), market.Guest(), await market.Sku());
        Assert.Equal(200, (await shopper.Add(sku, 1, ("If-Match", "\"0\""))).Status);
        (string, string) old = ("If-Match", "\"0\"");
        await guest.Add(sku, 1);
        foreach (var reply in new[]
        {
            await shopper.Add(sku, 1, old), await shopper.Set(sku, 5, old), await shopper.Set(sku, 0, old),
            await shopper.Api.Delete($"/api/cart/items/{sku}", old), await shopper.Api.Delete("/api/cart", old),
            await shopper.Api.Post("/api/cart/merge", new { guestToken = guest.Token }, headers: old),
            await shopper.Add(sku, 1, ("If-Match", "nonsense")),
        })
        {
            Assert.Equal((412, "version_changed"), Both(reply));
        }

        Assert.Equal([(sku, 1)], await shopper.Lines());
        Assert.Equal(200, (await shopper.Set(sku, 5, ("If-Match", (await shopper.Cart()).Header("ETag")!))).Status);
        Assert.Equal(200, (await shopper.Set(sku, 6, ("If-Match", "*"))).Status);
    }
}
