using System.Text.Json;
using System.Xml.Linq;

namespace Stoa.Storefront.Tests;

/// <summary>What search engines and link previews read.</summary>
public class FoundAndShared(OpenShop open) : IClassFixture<OpenShop>
{
    private static string? Meta(Page page, string property) => page.Html.QuerySelector($"head meta[property='{property}']")?.GetAttribute("content");

    private static JsonElement[] Data(Page page) =>
        [.. page.Html.QuerySelectorAll("head script[type='application/ld+json']").Select(script => JsonSerializer.Deserialize<JsonElement>(script.TextContent))];

    private static string Shop(Page page) => page.Html.QuerySelector("link[rel=canonical]")!.GetAttribute("href")!.Replace("/products/bowl", "", StringComparison.Ordinal);

    [Fact]
    public async Task A_product_tells_its_offers_and_where_it_stands()
    {
        var page = await open.Shop.Visitor.Get("/products/bowl?sku=bowl-A");
        var shop = Shop(page);
        var (product, way) = (Data(page)[0], Data(page)[1]);
        Assert.Equal(("Product", "Bowl", $"{shop}/pictures/aa.svg"), (product.GetProperty("@type").GetString(), product.GetProperty("name").GetString(), product.GetProperty("image").GetString()));
        var offers = product.GetProperty("offers").EnumerateArray().ToArray();
        Assert.Equal(["19.00", "21.00"], offers.Select(offer => offer.GetProperty("price").GetString()));
        Assert.Equal(("USD", "https://schema.org/InStock", $"{shop}/products/bowl?sku=bowl-A"),
            (offers[1].GetProperty("priceCurrency").GetString(), offers[1].GetProperty("availability").GetString(), offers[1].GetProperty("url").GetString()));
        Assert.Equal([$"{shop}/", $"{shop}/category/kitchen", $"{shop}/products/bowl"], way.GetProperty("itemListElement").EnumerateArray().Select(step => step.GetProperty("item").GetString()));
    }

    [Fact]
    public async Task A_shared_link_has_a_title_a_text_and_a_picture()
    {
        var page = await open.Shop.Visitor.Get("/products/bowl?sku=bowl-A");
        var shop = Shop(page);
        Assert.Equal(("product", "Bowl", "Turned by hand."), (Meta(page, "og:type"), Meta(page, "og:title"), Meta(page, "og:description")));
        Assert.Equal($"{shop}/products/bowl", Meta(page, "og:url"));
        Assert.Matches($"^{shop}/card\\.png\\?v=", Meta(page, "og:image")); // an SVG is no preview's picture: the shop's card stands for it
        Assert.Equal("website", Meta(await open.Shop.Visitor.Get("/"), "og:type"));
    }

    [Fact]
    public async Task A_picture_that_previews_can_show_is_the_products_own()
    {
        await using var shop = await Storefront.Tests.Shop.Open();
        shop.Api.On("GET /api/products/bowl", 200, FakeApi.Product("bowl", "Bowl", "/pictures/aa.png"));
        var page = await shop.Visitor.Get("/products/bowl");
        Assert.Equal($"{Shop(page)}/pictures/aa.png", Meta(page, "og:image"));
    }

    [Fact]
    public async Task A_hostile_name_is_data_there_too_and_ends_no_element()
    {
        var page = await open.Shop.Visitor.Get("/products/hostile");
        Assert.Equal(FakeApi.HostileName, Data(page)[0].GetProperty("name").GetString());
        Assert.All(page.Html.QuerySelectorAll("script"), script => Assert.DoesNotContain("<", script.TextContent, StringComparison.Ordinal));
        Assert.False(Data(page)[0].TryGetProperty("image", out _)); // its picture's address is none
    }

    [Theory, InlineData("/cart"), InlineData("/login"), InlineData("/search?q=bowl"), InlineData("/category/kitchen?min=5"), InlineData("/nowhere")]
    public async Task What_is_private_or_one_of_many_views_is_kept_out_of_search(string path)
    {
        var page = await open.Shop.Visitor.Get(path);
        Assert.Equal("noindex", page.Html.QuerySelector("meta[name=robots]")?.GetAttribute("content"));
        Assert.Null(page.Html.QuerySelector("link[rel=canonical]"));
        Assert.Null(Meta(page, "og:url"));
    }

    [Fact]
    public async Task The_site_map_names_every_page_that_is_for_everybody()
    {
        await using var shop = await Storefront.Tests.Shop.Open();
        shop.Api.On("GET /api/products", call => (200, call.Query.Contains("cursor=", StringComparison.Ordinal)
            ? FakeApi.List(FakeApi.Product("bowl", "Bowl"))
            : new { items = new[] { FakeApi.Product("cup & saucer", "Cup") }, nextCursor = "more" }));
        var map = await shop.Visitor.Get("/sitemap.xml");
        Assert.Equal("application/xml", map.Response.Content.Headers.ContentType!.MediaType);
        var addresses = XDocument.Parse(map.Text).Descendants().Where(element => element.Name.LocalName == "loc").Select(element => new Uri(element.Value).AbsolutePath);
        Assert.Equal(["/", "/search", "/category/kitchen", "/products/cup%20%26%20saucer", "/products/bowl"], addresses);
        var asked = shop.Api.CallsTo("GET /api/products").Length;
        await shop.Visitor.Get("/sitemap.xml");
        Assert.Equal(asked, shop.Api.CallsTo("GET /api/products").Length); // kept for a while
    }

    [Fact]
    public async Task Robots_are_told_where_the_map_is_and_what_is_not_for_them()
    {
        var robots = await open.Shop.Visitor.Get("/robots.txt");
        Assert.Equal(200, robots.Status);
        Assert.Contains("Disallow: /checkout\n", robots.Text, StringComparison.Ordinal);
        Assert.Matches("Sitemap: http\\S+/sitemap.xml\n", robots.Text);
    }
}
