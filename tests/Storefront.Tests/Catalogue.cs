using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stoa.Storefront.Tests;

public class Catalogue
{
    [Fact]
    public async Task Shows_shelves_and_new_products_at_the_front()
    {
        await using var shop = await Shop.Open();
        var page = await shop.Visitor.Get("/");
        Assert.Equal(200, page.Status);
        Assert.Equal("/category/kitchen", page.Html.QuerySelector(".bays a")!.GetAttribute("href"));
        Assert.Equal(2, page.Html.QuerySelectorAll(".cards .card").Length);
        Assert.Contains("$19.00", page.Html.QuerySelector(".card .price")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_front_open_while_products_are_away()
    {
        await using var shop = await Shop.Open();
        shop.Api.On("GET /api/products", 503, FakeApi.Refusal(503, "temporarily_unavailable"));
        shop.Api.On("GET /api/categories", 503, FakeApi.Refusal(503, "temporarily_unavailable"));
        var page = await shop.Visitor.Get("/");
        Assert.Equal(200, page.Status);
        Assert.Contains("resting", page.Html.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_with_pages_even_when_the_gateway_is_gone()
    {
        await using var shop = await Shop.Open();
        await shop.StopApi();
        Assert.Equal(200, (await shop.Visitor.Get("/")).Status);
        Assert.Equal(503, (await shop.Visitor.Get("/products/bowl")).Status);
        Assert.Equal(404, (await shop.Visitor.Get("/nowhere.txt")).Status);
    }

    [Fact]
    public async Task Asks_for_prices_in_minor_units_and_goes_on_by_cursor()
    {
        await using var shop = await Shop.Open();
        shop.Api.On("GET /api/products", 200, new { items = new[] { FakeApi.Product("bowl", "Bowl") }, nextCursor = "c/2" });
        var page = await shop.Visitor.Get("/category/kitchen?min=12.50&max=x&stock=in&sort=-price");
        Assert.Equal("/category/kitchen?min=12.50&max=x&stock=in&sort=-price&cursor=c%2F2", page.Html.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        Assert.Equal("?category=kitchen&minPrice=1250&inStock=true&sort=-price&limit=24",
            new ProductFilter(null, "kitchen", "12.50", "x", true, "-price", null).ForApi("USD"));
    }

    [Fact]
    public async Task Begins_again_when_a_cursor_is_no_longer_good()
    {
        await using var shop = await Shop.Open();
        shop.Api.On("GET /api/products", 400, FakeApi.Refusal(400, "malformed"));
        Assert.Equal("/search?q=bowl", (await shop.Visitor.Get("/search?q=bowl&cursor=forged")).Location);
    }

    [Fact]
    public async Task Leads_from_each_value_of_an_option_to_its_variant()
    {
        await using var shop = await Shop.Open();
        var page = await shop.Visitor.Get("/products/bowl?sku=bowl-A");
        Assert.Equal("Aegean", page.Html.QuerySelector(".choices [aria-current]")!.ChildNodes[0].TextContent.Trim());
        Assert.Equal("$21.00", page.Html.QuerySelector(".product-price")!.TextContent);
        Assert.Equal("bowl-A", page.Input("sku"));
        Assert.NotNull(page.Html.QuerySelector(".choices a[href='/products/bowl?sku=bowl-S']"));
    }

    [Fact]
    public async Task Shows_all_pictures_and_at_each_choice_its_own()
    {
        await using var shop = await Shop.Open();
        var bowl = JsonSerializer.SerializeToNode(FakeApi.Product("bowl", "Bowl"))!;
        bowl["images"] = new JsonArray("/pictures/aa.svg", "/pictures/side.svg", "javascript:alert(1)", "/pictures/sand.svg");
        bowl["variants"]![0]!["imageUrl"] = "/pictures/sand.svg";
        bowl["variants"]![1]!["imageUrl"] = "/pictures/aegean.svg";
        shop.Api.On("GET /api/products/bowl", 200, bowl);
        var page = await shop.Visitor.Get("/products/bowl?sku=bowl-A");
        Assert.Equal(["/pictures/aegean.svg", "/pictures/aa.svg", "/pictures/side.svg"], Sources(page, ".product-picture img"));
        Assert.Equal(["/pictures/sand.svg", "/pictures/aegean.svg"], Sources(page, ".choices img"));
    }

    private static string[] Sources(Page page, string pictures) => [.. page.Html.QuerySelectorAll(pictures).Select(picture => picture.GetAttribute("src") ?? "")];

    [Fact]
    public async Task Offers_nothing_to_buy_when_it_is_sold_out()
    {
        await using var shop = await Shop.Open();
        shop.Api.On("GET /api/products/bowl", 200, FakeApi.Product("bowl", "Bowl", inStock: false));
        var page = await shop.Visitor.Get("/products/bowl");
        Assert.Equal("Sold out for now", page.Html.QuerySelector(".stock")!.TextContent);
        Assert.Null(page.Html.QuerySelector("form.buy"));
    }

    [Fact]
    public async Task A_product_or_shelf_that_is_not_there_is_404()
    {
        await using var shop = await Shop.Open();
        Assert.Equal(404, (await shop.Visitor.Get("/products/nothing")).Status);
        Assert.Equal(404, (await shop.Visitor.Get("/category/nothing")).Status);
    }
}
