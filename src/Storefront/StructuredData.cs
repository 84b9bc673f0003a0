using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stoa.Storefront;

/// <summary>What search engines and link previews read of a page: schema.org as JSON-LD. The writer escapes every mark-up
/// character, so that no product's name can end the element that it stands in.</summary>
/// <param name="settings">Gives the shop's own address: all of these want whole ones.</param>
public sealed class StructuredData(ShopSettings settings)
{
    /// <summary>A product with an offer for each variant (https://schema.org/Product).</summary>
    public string OfProduct(Product product)
    {
        var url = Address("/products/" + Uri.EscapeDataString(product.Slug));
        return Write(new()
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Product",
            ["name"] = product.Name,
            ["description"] = product.Summary ?? product.Description,
            ["image"] = Picture(product.ImageUrl),
            ["url"] = url,
            ["offers"] = new JsonArray([.. product.Variants.Select(variant => Offer(variant, url))]),
        });
    }

    /// <summary>Where the page stands (https://schema.org/BreadcrumbList).</summary>
    /// <param name="way">Names and paths, from the front on.</param>
    public string OfWay(params (string Name, string Path)[] way) => Write(new()
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "BreadcrumbList",
        ["itemListElement"] = new JsonArray([.. way.Select((step, index) => new JsonObject
        {
            ["@type"] = "ListItem",
            ["position"] = index + 1,
            ["name"] = step.Name,
            ["item"] = Address(step.Path),
        })]),
    });

    /// <summary>A picture's whole address; null where it is none.</summary>
    public string? Picture(string? url) => LocalUrl.Picture(url) is { } picture ? LocalUrl.IsLocal(picture) ? Address(picture) : picture : null;

    /// <summary>The picture of a link's preview. Whoever shows previews takes no SVG: for one of those, and for pages without a picture,
    /// it is the shop's card.</summary>
    public string Preview(string? url) =>
        Picture(url) is { } picture && !picture.EndsWith(".svg", StringComparison.Ordinal) ? picture : Address(Shop.Files.Url("card.png"));

    /// <summary>The whole address of one of our paths.</summary>
    public string Address(string path) => settings.PublicUrl + path;

    private static JsonObject Offer(Variant variant, string url) => new()
    {
        ["@type"] = "Offer",
        ["sku"] = variant.Sku,
        ["name"] = variant.Name,
        ["price"] = Prices.Decimal(variant.Price),
        ["priceCurrency"] = variant.Price.Currency,
        ["availability"] = variant.InStock ? "https://schema.org/InStock" : "https://schema.org/OutOfStock",
        ["url"] = $"{url}?sku={Uri.EscapeDataString(variant.Sku)}",
    };

    private static string Write(JsonObject about)
    {
        foreach (var missing in about.Where(one => one.Value is null).Select(one => one.Key).ToArray()) about.Remove(missing);
        return about.ToJsonString(JsonSerializerOptions.Default);
    }
}
