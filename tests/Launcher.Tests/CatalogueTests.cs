using System.Xml.Linq;

namespace Stoa.Launcher.Tests;

/// <summary>The demo catalogue is goods that one can sell: whole, priced, drawn, and harmless to show.</summary>
public sealed class CatalogueTests
{
    private static readonly string Folder = Repository.Find().Catalogue;
    private static readonly Catalogue Goods = Catalogue.Read(Folder);
    private static readonly List<Catalogue.Variant> Variants = [.. Goods.Products.SelectMany(product => product.Variants)];

    [Fact]
    public void Is_large_enough_for_a_shop()
    {
        Assert.InRange(Goods.Products.Length, 60, 500);
        Assert.InRange(Goods.Categories.Length, 6, 50);
        Assert.True(Goods.Products.Count(product => product.Variants.Length > 1) >= 15);
    }

    [Fact]
    public void Names_everything_once()
    {
        Assert.Distinct(Goods.Categories.Select(category => category.Slug));
        Assert.Distinct(Goods.Products.Select(product => product.Slug));
        Assert.Distinct(Variants.Select(variant => variant.Sku));
        Assert.All(Goods.Products, product => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", product.Slug));
        Assert.All(Variants, variant => Assert.Matches("^[A-Z0-9-]+$", variant.Sku));
    }

    [Fact]
    public void Puts_each_product_into_a_category_and_leaves_none_empty() =>
        Assert.Equivalent(Goods.Categories.Select(category => category.Slug), Goods.Products.Select(product => product.Category).Distinct(), strict: true);

    [Fact]
    public void Tells_of_each_product_what_a_shopper_reads() => Assert.All(Goods.Products, product =>
    {
        Assert.InRange(product.Name.Length, 3, 60);
        Assert.InRange(product.Summary.Length, 20, 140);
        Assert.InRange(product.Description.Length, 80, 2000);
    });

    [Fact]
    public void Has_a_price_and_stock_for_each_variant() => Assert.All(Variants, variant =>
    {
        Assert.InRange(variant.Price, 100, 100_000);
        Assert.InRange(variant.Stock, 1, 1000);
    });

    [Fact]
    public void Gives_each_variant_one_value_of_each_option() => Assert.All(Goods.Products, product =>
    {
        Assert.True(product.Options.Length > 0 || product.Variants.Length == 1, product.Slug);
        Assert.All(product.Variants, variant => Assert.Equal(product.Options.Select(option => option.Name), variant.Options.Keys));
        Assert.All(product.Options, option => Assert.All(product.Variants, variant => Assert.Contains(variant.Options[option.Name], option.Values)));
        Assert.Distinct(product.Variants.Select(variant => string.Join('|', variant.Options.Values)));
    });

    [Fact]
    public void Has_a_picture_of_each_product() => Assert.All(Images(), image => Assert.True(File.Exists(Catalogue.Picture(Folder, image)), image));

    [Fact]
    public void Holds_no_picture_of_nothing() =>
        Assert.Empty(Directory.GetFiles(Path.Combine(Folder, "pictures")).Select(file => Path.GetFileName(file)!).Except(Images()));

    [Fact]
    public void Draws_with_shapes_alone() => Assert.All(Images(), image =>
    {
        var nodes = XDocument.Load(Catalogue.Picture(Folder, image)).Descendants().ToList();
        Assert.Equal("svg", nodes[0].Name.LocalName);
        Assert.NotNull(nodes[0].Attribute("viewBox"));
        Assert.DoesNotContain(nodes, node => node.Name.LocalName is "script" or "foreignObject" or "style" or "image" or "a" or "use");
        Assert.DoesNotContain(nodes.Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(nodes.Attributes(), attribute => attribute.Name.LocalName == "href" || attribute.Value.Contains("url(http", StringComparison.Ordinal));
    });

    private static HashSet<string> Images() =>
        [.. Goods.Products.Select(product => product.Image), .. Variants.Select(variant => variant.Image).OfType<string>()];
}
