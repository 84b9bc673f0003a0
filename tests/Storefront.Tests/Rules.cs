using Stoa.Contracts;

namespace Stoa.Storefront.Tests;

public class Rules
{
    [Theory]
    [InlineData(0, "USD", "$0.00"), InlineData(5, "USD", "$0.05"), InlineData(129900, "USD", "$1,299.00"), InlineData(-500, "USD", "−$5.00")]
    [InlineData(1299, "JPY", "¥1,299"), InlineData(1299, "KWD", "KWD 1.299"), InlineData(1990, "EUR", "€19.90"), InlineData(1990, "GBP", "£19.90"), InlineData(1990, "XYZ", "XYZ 19.90")]
    [InlineData(long.MaxValue, "USD", "$92,233,720,368,547,758.07")]
    public void Prices_are_written_by_their_currencys_exponent(long amount, string currency, string text) =>
        Assert.Equal(text, Prices.Text(new Money(amount, currency)));

    [Theory]
    [InlineData("12.50", "USD", 1250L), InlineData(" 12 ", "USD", 1200L), InlineData("12", "JPY", 12L), InlineData("1.2345", "KWD", 1235L)]
    [InlineData("", "USD", null), InlineData(null, "USD", null), InlineData("-1", "USD", null), InlineData("1e9", "USD", null), InlineData("99999999999999999999", "USD", null), InlineData("1,5", "USD", null)]
    public void Prices_are_read_or_count_as_none(string? text, string currency, long? minor) => Assert.Equal(minor, Prices.Read(text, currency));

    [Theory]
    [InlineData("/", true), InlineData("/orders/1?x=/y", true), InlineData("", false), InlineData(null, false), InlineData("//x", false), InlineData("/\\x", false),
     InlineData("/a\\b", false), InlineData("/\n/x", false), InlineData("https://x", false), InlineData("x", false), InlineData("/é", false)]
    public void Only_a_path_of_this_shop_is_local(string? path, bool local) => Assert.Equal(local, LocalUrl.IsLocal(path));

    [Theory]
    [InlineData("/pictures/aa.svg", true), InlineData("https://cdn.example/a.png", true), InlineData("http://cdn.example/a.png", false),
     InlineData("javascript:alert(1)", false), InlineData("data:image/svg+xml,x", false), InlineData("//evil.example/a.png", false), InlineData(null, false)]
    public void Pictures_come_from_here_or_from_https(string? url, bool shown) => Assert.Equal(shown ? url : null, LocalUrl.Picture(url));

    [Fact]
    public void Countries_are_known_by_code_and_in_order()
    {
        Assert.Equal("Greece", Countries.Name("GR"));
        Assert.Null(Countries.Name("ZZ"));
        Assert.InRange(Countries.All.Count, 240, 250);
        Assert.Equal(Countries.All.Count, Countries.All.Select(c => c.Code).Distinct().Count());
    }

    [Fact]
    public void An_option_keeps_the_others_as_they_are()
    {
        var product = Shirt(("S", "Red"), ("S", "Blue"), ("L", "Red"));
        var size = Choice.Of(product, product.Variants[1])[0];
        Assert.Equal(["S", "L"], size.Values.Select(v => v.Text));
        Assert.Equal("L-Red", size.Values[1].Variant.Sku); // no large blue: the first large
        Assert.Equal("S, Blue", Choice.Words(product, product.Variants[1]));
    }

    [Fact]
    public void A_product_of_one_kind_has_nothing_to_choose() => Assert.Empty(Choice.Of(Shirt(("S", "Red")), Shirt(("S", "Red")).Variants[0]));

    private static Product Shirt(params (string Size, string Colour)[] variants)
    {
        var price = new Money(100, "USD");
        return new("shirt", "Shirt", null, null, null, null, price, true,
            [.. variants.Select(v => new Variant($"{v.Size}-{v.Colour}", $"Shirt, {v.Size}, {v.Colour}", price, true, null, new() { ["Size"] = v.Size, ["Colour"] = v.Colour }))],
            [new("Size", ["S", "M", "L"]), new("Colour", ["Red", "Blue"])]);
    }
}
