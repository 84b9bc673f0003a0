using System.Text.RegularExpressions;

namespace Stoa.Storefront.Tests;

public class Headers(OpenShop open) : IClassFixture<OpenShop>
{
    [Theory, InlineData("/"), InlineData("/products/bowl"), InlineData("/cart"), InlineData("/login"), InlineData("/nowhere"), InlineData("/stoa.css")]
    public async Task Allow_no_script_but_our_files_and_no_frame(string path)
    {
        var shop = open.Shop;
        var page = await shop.Visitor.Get(path);
        var policy = page.Header("Content-Security-Policy");
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Header("X-Content-Type-Options"));
        Assert.Equal("same-origin", page.Header("Referrer-Policy"));
    }

    [Fact]
    public async Task Stand_on_error_pages_too()
    {
        await using var shop = await Shop.Open();
        shop.Api.On("GET /api/products/bowl", 500, FakeApi.Refusal(500, "internal_error"));
        var down = await shop.Visitor.Get("/products/bowl");
        Assert.Equal(503, down.Status);
        Assert.NotNull(down.Header("Content-Security-Policy"));
        shop.Api.On("GET /api/products/bowl", 200, new { slug = "bowl", name = "Bowl" });
        var broken = await shop.Visitor.Get("/products/bowl");
        Assert.Equal(500, broken.Status);
        Assert.Contains("Something broke", broken.Heading, StringComparison.Ordinal);
        Assert.NotNull(broken.Header("Content-Security-Policy"));
        Assert.DoesNotContain("Exception", broken.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData("/"), InlineData("/products/bowl"), InlineData("/category/kitchen"), InlineData("/login"), InlineData("/cart"), InlineData("/nowhere")]
    public async Task Fit_the_pages_which_hold_nothing_that_the_policy_would_stop(string path)
    {
        var shop = open.Shop;
        var page = await shop.Visitor.Get(path);
        Assert.Empty(page.Html.QuerySelectorAll("[style], style, script:not([type='application/ld+json']):not([src^='/']), [onclick], [onload], iframe, object, embed"));
        Assert.All(page.Html.QuerySelectorAll("form"), form => Assert.StartsWith("/", form.GetAttribute("action"), StringComparison.Ordinal));
    }

    [Theory, InlineData("/cart"), InlineData("/checkout"), InlineData("/orders"), InlineData("/account"), InlineData("/login"), InlineData("/signup")]
    public async Task Keep_own_pages_out_of_every_cache(string path)
    {
        var shop = open.Shop;
        var page = await shop.Visitor.Get(path);
        Assert.Contains("no-store", page.Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Let_site_files_be_kept_for_good_under_an_address_that_changes_with_them()
    {
        var shop = open.Shop;
        var home = await shop.Visitor.Get("/");
        var address = home.Html.QuerySelector("link[rel=stylesheet][href*=stoa]")!.GetAttribute("href")!;
        Assert.Matches(new Regex("^/stoa\\.css\\?v=[0-9a-f]{12}$"), address);
        var sheet = await shop.Visitor.Get(address);
        Assert.Equal("public, max-age=31536000, immutable", sheet.Header("Cache-Control"));
        Assert.InRange(sheet.Text.Length, 5_000, 30_000);
        Assert.DoesNotContain("http:", sheet.Text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
