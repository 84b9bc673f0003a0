using Stoa.Contracts;

namespace Stoa.Products;

/// <summary>A product as it is answered and as it is stored.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Slug">Its name in addresses; unique.</param>
/// <param name="Name">As shoppers read it.</param>
/// <param name="Summary">A sentence or two.</param>
/// <param name="Category">The category's slug.</param>
/// <param name="ImageUrl">Its first picture.</param>
/// <param name="PriceFrom">The lowest of its variants' prices.</param>
/// <param name="InStock">Whether any variant can be had now.</param>
/// <param name="Variants">From 1 to 100.</param>
/// <param name="Description">Plain text; paragraphs are separated by an empty line.</param>
/// <param name="Options">What its variants differ by, in the order in which it is shown.</param>
/// <param name="Tags">Words to find it by.</param>
/// <param name="Images">All its pictures.</param>
/// <param name="Version">Grows with each change by staff.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record Product(
    Guid Id, string Slug, string Name, string? Summary, string? Category, string? ImageUrl, Money PriceFrom, bool InStock,
    Variant[] Variants, string? Description, Option[] Options, string[] Tags, string[] Images, long Version, DateTimeOffset CreatedAt)
{
    /// <summary>The same product with what is known of its stock.</summary>
    public Product With(IReadOnlySet<string> inStock)
    {
        Variant[] variants = [.. Variants.Select(variant => variant with { InStock = inStock.Contains(variant.Sku) })];
        return this with { Variants = variants, InStock = variants.Any(variant => variant.InStock) };
    }

    /// <summary>What lists show of it.</summary>
    public ListedProduct ToList() => new(Id, Slug, Name, Summary, Category, ImageUrl, PriceFrom, InStock, Variants);

    /// <summary>What other services need of it.</summary>
    /// <param name="openingStock">Of the SKUs that have one.</param>
    public ProductChanged ToEvent(IReadOnlyDictionary<string, int> openingStock) => new(Id, Version, Slug,
        [.. Variants.Select(variant => new VariantForSale(variant.Sku, variant.Name, variant.Price, openingStock.GetValueOrDefault(variant.Sku)))]);
}

/// <summary>A product as lists show it.</summary>
public sealed record ListedProduct(
    Guid Id, string Slug, string Name, string? Summary, string? Category, string? ImageUrl, Money PriceFrom, bool InStock, Variant[] Variants);

/// <summary>What is bought: one of a product's kinds.</summary>
/// <param name="Sku">Unique in the store.</param>
/// <param name="Name">The whole name, as a cart shows it.</param>
/// <param name="Price">In the store's currency.</param>
/// <param name="InStock">Whether one can be had now.</param>
/// <param name="Options">Its value of each of the product's options.</param>
/// <param name="ImageUrl">Where it looks different from the product.</param>
public sealed record Variant(string Sku, string Name, Money Price, bool InStock, Dictionary<string, string> Options, string? ImageUrl);

/// <summary>What variants differ by, such as Size, and its values in order.</summary>
public sealed record Option(string Name, string[] Values);
