namespace Stoa.Storefront.Tests;

public class Redirects(OpenShop open) : IClassFixture<OpenShop>
{
    [Theory]
    [InlineData("https://evil.example/"), InlineData("//evil.example"), InlineData("/\\evil.example"), InlineData("/\t/evil.example"), InlineData("javascript:alert(1)"), InlineData("evil")]
    public async Task Never_lead_to_another_site_after_login(string returnUrl)
    {
        var visitor = open.Shop.AnotherVisitor();
        var form = await visitor.Get("/login?returnUrl=" + Uri.EscapeDataString(returnUrl));
        Assert.Equal("/", form.Input("returnUrl"));
        var page = await visitor.Submit(form, "/login", ("email", "a@example.org"), ("password", "x"), ("returnUrl", returnUrl));
        Assert.Equal(303, page.Status);
        Assert.Equal("/", page.Location);
    }
}
