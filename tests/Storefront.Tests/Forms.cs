namespace Stoa.Storefront.Tests;

public class Forms(OpenShop open) : IClassFixture<OpenShop>
{
    private static readonly string[] Actions =
        ["/cart/items", "/cart/lines", "/buy", "/checkout/review", "/checkout", $"/orders/{FakeApi.OrderId}/pay", $"/orders/{FakeApi.OrderId}/cancel", "/login", "/signup", "/logout", "/account",
        "/forgotten-password", "/reset-password", "/confirm-email", "/account/confirmation", "/account/access", "/account/delete"];

    public static TheoryData<string> EveryAction => [.. Actions];

    [Theory, MemberData(nameof(EveryAction))]
    public async Task Are_refused_without_their_token_before_anything_is_done(string action)
    {
        var shop = open.Shop;
        await shop.Visitor.Get("/products/bowl");
        var page = await shop.Visitor.Post(action, ("sku", "bowl-S"), ("quantity", "1"));
        Assert.Equal(400, page.Status);
        Assert.Equal("This page has grown old", page.Heading);
        Assert.DoesNotContain(shop.Api.Calls, call => !call.Line.StartsWith("GET ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Are_refused_with_another_visitors_token()
    {
        var shop = open.Shop;
        var theirs = await shop.AnotherVisitor().Get("/products/bowl");
        await shop.Visitor.Get("/products/bowl");
        var page = await shop.Visitor.Submit(theirs, "/cart/items");
        Assert.Equal(400, page.Status);
        Assert.Empty(shop.Api.CallsTo("POST /api/cart/items"));
    }

    [Fact]
    public async Task Lead_on_by_a_redirect_so_that_a_reload_sends_nothing()
    {
        await using var shop = await Shop.Open();
        var product = await shop.Visitor.Get("/products/bowl");
        var page = await shop.Visitor.Submit(product, "/cart/items", ("quantity", "2"));
        Assert.Equal(303, page.Status);
        Assert.Equal("/products/bowl?sku=bowl-S&added=yes", page.Location);
        Assert.Equal(2, shop.Api.CallsTo("POST /api/cart/items").Single().Body.GetProperty("quantity").GetInt32());
    }
}
