namespace Stoa.Storefront.Tests;

public class HostileNames(OpenShop open) : IClassFixture<OpenShop>
{
    [Theory, InlineData("/"), InlineData("/products/hostile"), InlineData("/category/kitchen")]
    public async Task Are_shown_as_text_and_make_no_element(string path)
    {
        var shop = open.Shop;
        var page = await shop.Visitor.Get(path);
        Assert.Contains(FakeApi.HostileName, page.Html.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.Html.QuerySelectorAll("script:not([type='application/ld+json']), [onerror], img[src=x]"));
    }

    [Fact]
    public async Task A_search_for_markup_is_shown_as_text()
    {
        var shop = open.Shop;
        var page = await shop.Visitor.Get("/search?q=" + Uri.EscapeDataString(FakeApi.HostileName));
        Assert.Contains(FakeApi.HostileName, page.Heading, StringComparison.Ordinal);
        Assert.Empty(page.Html.QuerySelectorAll("script:not([type='application/ld+json']), [onerror], img[src=x]"));
    }

    [Fact]
    public async Task A_picture_that_is_no_picture_address_is_not_shown()
    {
        var shop = open.Shop;
        var page = await shop.Visitor.Get("/products/hostile");
        Assert.DoesNotContain("javascript:", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bank_page_with_another_scheme_is_no_link()
    {
        var shop = open.Shop;
        shop.Api.On("GET /api/payments", 200, FakeApi.List(FakeApi.Payment("requires_action", nextActionUrl: "javascript:alert(1)")));
        var page = await shop.Visitor.Get($"/orders/{FakeApi.OrderId}/pay");
        Assert.Equal(200, page.Status);
        Assert.DoesNotContain("javascript:", page.Text, StringComparison.Ordinal);
    }
}
