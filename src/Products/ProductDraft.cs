using Stoa.Contracts;

namespace Stoa.Products;

/// <summary>What staff mean by what they sent: trimmed, with what was missing made from the rest.</summary>
public sealed record ProductDraft(
    string? Slug, string Name, string? Summary, string? Description, CategoryDraft? Category, string? ImageUrl, string[] Tags, string[] Images,
    Option[] Options, Variant[] Variants)
{
    /// <summary>What lies on the shelf of a SKU when the store first hears of it; Inventory alone knows what does later.</summary>
    public IReadOnlyDictionary<string, int> OpeningStock { get; init; } = new Dictionary<string, int>();

    /// <param name="input">Checked.</param>
    public static ProductDraft Of(ProductInput input)
    {
        var name = input.Name!.Trim();
        var options = input.AllOptions();
        string[] images = [.. (input.ImageUrl is { } first ? (string[])[first] : []).Concat(input.Images ?? []).Distinct(StringComparer.Ordinal)];
        return new ProductDraft(input.Slug, name, Text(input.Summary), Text(input.Description), CategoryDraft.Of(input.Category),
            images.FirstOrDefault(), [.. (input.Tags ?? []).Distinct(StringComparer.Ordinal)], images, options, [.. input.Variants!.Select(variant => Variant(variant, name, options))]);
    }

    /// <summary>The product that this makes.</summary>
    public Product Make(Guid id, string slug, long version, DateTimeOffset createdAt, IReadOnlySet<string> inStock) => new Product(
        id, slug, Name, Summary, Category?.Slug, ImageUrl, Variants.MinBy(variant => variant.Price.Amount)!.Price, false, Variants,
        Description, Options, Tags, Images, version, createdAt).With(inStock);

    /// <summary>What a variant is called that was given no name.</summary>
    public static string NameOf(string product, Option[] options, IReadOnlyDictionary<string, string> chosen) =>
        string.Join(", ", [product, .. options.Select(option => chosen[option.Name])]);

    private static Variant Variant(ProductInput.VariantInput variant, string product, Option[] options)
    {
        var chosen = variant.Options ?? [];
        var name = Text(variant.Name) ?? NameOf(product, options, chosen);
        return new Variant(variant.Sku!, name, variant.Price!.Value, InStock: false,
            options.ToDictionary(option => option.Name, option => chosen[option.Name], StringComparer.Ordinal), variant.ImageUrl);
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>The category that a product is put into.</summary>
/// <param name="Slug">Names it.</param>
/// <param name="Name">Its name from now on; null keeps the one it has, or makes one of the slug.</param>
public sealed record CategoryDraft(string Slug, string? Name)
{
    public static CategoryDraft? Of(CategoryInput? input) => input is null ? null
        : new CategoryDraft(input.Slug ?? Named(input.Name!), input.Name?.Trim());

    /// <summary>A name without a Latin letter still needs an address that stays the same.</summary>
    private static string Named(string name) => PlainText.Slug(name) is { Length: > 0 } slug ? slug
        : "c-" + Kernel.Idempotency.Hash(name.Trim())[..12];
}
