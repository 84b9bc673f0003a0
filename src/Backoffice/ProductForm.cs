using System.Globalization;
using Stoa.Contracts;

namespace Stoa.Backoffice;

/// <summary>A product as its page's form holds it: all that was typed, as it was typed, so that nothing of it is lost whatever
/// the API says. Pure.</summary>
public sealed partial record ProductForm
{
    public const int MostVariants = 100;

    /// <summary>More than all fields of a product with the most variants, options and pictures.</summary>
    public const int MostFields = 2_000;
    private const int MoreRows = 5;
    private const int FewestOptions = 3;

    /// <summary>The version that the page was made of; empty for a new product.</summary>
    public string Version { get; init; } = "";
    public string Name { get; init; } = "";
    public string Slug { get; init; } = "";
    public string Summary { get; init; } = "";
    public string Description { get; init; } = "";
    public string Category { get; init; } = "";
    public string Tags { get; init; } = "";
    public OptionRow[] Options { get; init; } = [];
    public PictureRow[] Pictures { get; init; } = [];

    /// <summary>A picture to add by its address.</summary>
    public string PictureUrl { get; init; } = "";
    public VariantRow[] Variants { get; init; } = [];

    /// <summary>A field's id → what is wrong with it, in a sentence.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    /// <param name="Values">Those that it had when the page was made: what stays of them keeps its order.</param>
    public sealed record OptionRow(string Name, string[] Values);

    /// <param name="Place">Where it stands among the others; the first is the product's face.</param>
    public sealed record PictureRow(string Url, string Place, bool Removed = false);

    /// <param name="Name">Empty: made of the product's name and the choices.</param>
    /// <param name="Choices">One for each option.</param>
    /// <param name="Picture">Empty: looks as the product does.</param>
    public sealed record VariantRow(string Sku, string Name, string Price, string[] Choices, string Picture, bool Removed = false)
    {
        public bool IsEmpty => Sku.Length + Name.Length + Price.Length + Choices.Sum(choice => choice.Length) == 0;

        public static VariantRow Blank(int options) => new("", "", "", [.. Enumerable.Repeat("", options)], "");
    }

    public static ProductForm New() => new ProductForm().WithRoom(1);

    public static ProductForm Of(CatalogueProduct product, Category[] categories)
    {
        var options = product.Options ?? [];
        return new ProductForm
        {
            Version = product.Version.ToString(CultureInfo.InvariantCulture),
            Name = product.Name,
            Slug = product.Slug,
            Summary = product.Summary ?? "",
            Description = product.Description ?? "",
            Category = Array.Find(categories, one => one.Slug == product.Category)?.Name ?? product.Category ?? "",
            Tags = string.Join(", ", product.Tags ?? []),
            Options = [.. options.Select(option => new OptionRow(option.Name, option.Values))],
            Pictures = [.. (product.Images ?? []).Select((url, place) => new PictureRow(url, Number(place + 1)))],
            Variants = [.. product.Variants.Select(variant => Row(variant, product.Name, options))],
        }.WithRoom(1);
    }

    public static ProductForm Read(IFormCollection form)
    {
        string At(string name, int row) => form[name] is var all && row < all.Count ? (all[row] ?? "").Trim() : "";
        bool Marked(string name, int row) => form[name].Contains(Number(row));
        var options = form["optionName"].Count;
        return new ProductForm
        {
            Version = long.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? Number(version) : "",
            Name = At("name", 0),
            Slug = At("slug", 0),
            Summary = At("summary", 0),
            Description = At("description", 0).Replace("\r\n", "\n", StringComparison.Ordinal),
            Category = At("category", 0),
            Tags = At("tags", 0),
            PictureUrl = At("pictureUrl", 0),
            Options = [.. Enumerable.Range(0, options).Select(one => new OptionRow(At("optionName", one), At("optionValues", one).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))],
            Pictures = [.. Enumerable.Range(0, form["picture"].Count).Select(row => new PictureRow(At("picture", row), At("place", row), Marked("removePicture", row)))],
            Variants = [.. Enumerable.Range(0, Math.Min(form["sku"].Count, MostVariants)).Select(row => new VariantRow(At("sku", row), At("variantName", row), At("price", row),
                [.. Enumerable.Range(0, options).Select(one => At($"choice{one}", row))], At("variantPicture", row), Marked("remove", row)))],
        };
    }

    /// <summary>Empty fields for more variants, up to the most that a product has, and for options.</summary>
    public ProductForm WithMoreRows() => WithRoom(MoreRows);

    /// <summary>With a picture more, behind the others.</summary>
    public ProductForm WithPicture(string url) => this with { Pictures = [.. Pictures, new PictureRow(url, Number(Pictures.Length + 1))] };

    public ProductForm WithError(string field, string error) => this with { Errors = new Dictionary<string, string>(Errors) { [field] = Errors.TryGetValue(field, out var before) ? $"{before} {error}" : error } };

    /// <summary>The options that have a name, with their place in the form.</summary>
    public (int Place, string Name)[] NamedOptions => [.. Options.Select((option, place) => (place, option.Name)).Where(option => option.Name.Length > 0)];

    private ProductForm WithRoom(int rows)
    {
        OptionRow[] options = [.. Options, .. Enumerable.Repeat(new OptionRow("", []), Math.Max(0, FewestOptions - Options.Length))];
        var room = Math.Min(rows, MostVariants - Variants.Length);
        return this with { Options = options, Variants = [.. Variants.Concat(Enumerable.Repeat(VariantRow.Blank(0), Math.Max(0, room))).Select(row => row with { Choices = Fill(row.Choices, options.Length) })] };
    }

    private static string[] Fill(string[] choices, int options) => [.. choices, .. Enumerable.Repeat("", options - choices.Length)];

    private static VariantRow Row(CatalogueVariant variant, string product, CatalogueOption[] options)
    {
        string[] choices = [.. options.Select(option => variant.Options?.GetValueOrDefault(option.Name) ?? "")];
        var made = string.Join(", ", [product, .. choices]);
        return new VariantRow(variant.Sku, variant.Name == made ? "" : variant.Name, Prices.Decimal(variant.Price), choices, variant.ImageUrl ?? "");
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
