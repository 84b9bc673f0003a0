namespace Stoa.Storefront.Tests;

public class Forms(OpenShop open) : IClassFixture<OpenShop>
{
    /// <summary>All that the shop takes by a form, as its routes tell: one that comes new is asked here, too.</summary>
    [Fact]
    public async Task Are_refused_without_their_token_before_anything_is_done()
    {
        var shop = open.Shop;
        await shop.Visitor.Get("/products/bowl");
        Assert.Superset(new HashSet<string> { "/cart/items", "/buy", "/checkout", "/login", "/account/addresses" }, shop.FormAddresses.ToHashSet());
        foreach (var address in shop.FormAddresses)
        {
            var page = await shop.Visitor.Post(address.Replace("{id:guid}", FakeApi.OrderId.ToString(), StringComparison.Ordinal), ("sku", "bowl-S"), ("quantity", "1"));
            Assert.Equal((address, 400, "This page has grown old"), (address, page.Status, page.Heading));
        }

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
