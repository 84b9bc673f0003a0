using System.Text.Json;

namespace Stoa.Launcher;

/// <summary>The demo catalogue, as catalogue/catalogue.json holds it. Prices are minor units of the store's currency.</summary>
public sealed record Catalogue(Catalogue.Category[] Categories, Catalogue.Product[] Products)
{
    public sealed record Category(string Slug, string Name);

    /// <param name="Image">A file in the pictures folder.</param>
    public sealed record Product(
        string Slug, string Name, string Summary, string Description, string Category, string Image, Option[] Options, Variant[] Variants);

    public sealed record Option(string Name, string[] Values);

    public sealed record Variant(string Sku, string Name, long Price, Dictionary<string, string> Options, string? Image, int Stock);

    public static Catalogue Read(string folder) =>
        JsonSerializer.Deserialize<Catalogue>(File.ReadAllText(Path.Combine(folder, "catalogue.json")), JsonSerializerOptions.Web)!;

    public static string Picture(string folder, string image) => Path.Combine(folder, "pictures", image);
}
