using Stoa.Kit;

namespace Stoa.Orders.Tests;

public sealed class QuoteOrderTests(Shop shop)
{
    [Fact]
    public async Task Tells_what_an_order_would_cost_now_and_takes_none()
    {
        var sku = await shop.Sell(1250);
        var buyer = shop.Guest();
        var reply = await buyer.Post("/api/orders/quote", new { items = new[] { new { sku, quantity = 2 } }, shippingAddress = new { country = "US" } });
        Assert.Equal(200, reply.Status);
        Assert.Equal((2500L, 500L, 240L, 3240L), (Amount(reply, "subtotal"), Amount(reply, "shipping"), Amount(reply, "tax"), Amount(reply, "total")));
        Assert.Equal(2500, reply.Json.GetProperty("items")[0].GetProperty("lineTotal").GetProperty("amount").GetInt64());
        Assert.Empty((await buyer.Get("/api/orders")).Json.GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("""{"items":[],"shippingAddress":{"country":"US"}}""", 422, "cart_empty")]
    [InlineData("""{"shippingAddress":{"country":"US"}}""", 422, "cart_empty")]
    [InlineData("""{"items":[{"sku":"A","quantity":1}]}""", 422, "validation")]
    [InlineData("""{"items":[{"sku":"A","quantity":1}],"shippingAddress":{"country":"USA"}}""", 422, "validation")]
    [InlineData("""{"items":[{"sku":"A","quantity":-1}],"shippingAddress":{"country":"US"}}""", 422, "validation")]
    [InlineData("""{"items":[{"sku":"A","quantity":1}],"shippingAddress":{"country":"US"}}""", 409, "not_for_sale")]
    [InlineData("""{"items":[{"sku":"A","quantity":1.5}],"shippingAddress":{"country":"US"}}""", 400, "malformed")]
    public async Task Refuses_what_could_not_be_ordered(string body, int status, string code)
    {
        await shop.Sell(1); // the copy has been complete
        var reply = await shop.Customer().Post("/api/orders/quote", body);
        Assert.Equal((status, code), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Needs_a_token() => Assert.Equal("unauthenticated", (await shop.Store.Api("orders").Post("/api/orders/quote", "{}")).Code);

    private static long Amount(Reply reply, string field) => reply.Json.GetProperty(field).GetProperty("amount").GetInt64();
}
