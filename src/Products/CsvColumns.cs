namespace Stoa.Products;

/// <summary>The columns of the product CSV that Shopify exports (help.shopify.com, "Using CSV files to import and export
/// products"), found by their names in a file's first line. Others are passed over.</summary>
public sealed class CsvColumns
{
    public const int MostOptions = 5;
    public const string OwnCategory = "Stoa / Category";
    public const string OwnVariantName = "Stoa / Variant Name";
    public const string OwnOptions = "Stoa / Options";

    private static readonly string[] Needed = ["Handle", "Title", "Variant Price"];

    private readonly Dictionary<string, int> _places;

    private CsvColumns(Dictionary<string, int> places) => _places = places;

    /// <summary>What an export writes: Shopify's columns that the store knows, in Shopify's order, and then, under a name of
    /// its own, what they cannot say, so that an import makes the same catalogue.</summary>
    public static IReadOnlyList<string> Exported { get; } =
    [
        "Handle", "Title", "Body (HTML)", "Type", "Tags", "Published",
        .. Enumerable.Range(1, MostOptions).SelectMany(number => (string[])[OptionName(number), OptionValue(number)]),
        "Variant SKU", "Variant Inventory Qty", "Variant Price", "Image Src", "Image Position", "SEO Description", "Variant Image", "Status",
        OwnCategory, OwnVariantName, OwnOptions,
    ];

    /// <param name="header">The first record.</param>
    /// <returns>The columns, or why the file is no such file.</returns>
    public static (CsvColumns? Columns, string? Fault) Of(CsvRecord? header)
    {
        if (header is null) return (null, "The file is empty: its first line must name the columns.");
        if (header.Fault is { } fault) return (null, $"The first line cannot be read: {fault}.");
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var place = 0; place < header.Fields.Count; place++)
        {
            var name = header.Fields[place].Trim();
            if (name.Length > 0 && !places.TryAdd(name, place)) return (null, $"The first line names the column {name} twice.");
        }

        if (Needed.FirstOrDefault(name => !places.ContainsKey(name)) is not { } missing) return (new CsvColumns(places), null);
        return (null, header.Fields.Count == 1 && header.Fields[0].AsSpan().ContainsAny(";\t|")
            ? "The first line must name the columns, separated by commas; this one has another separator."
            : $"The first line must name the columns, and {missing} is not among them.");
    }

    public static string OptionName(int number) => FormattableString.Invariant($"Option{number} Name");

    public static string OptionValue(int number) => FormattableString.Invariant($"Option{number} Value");

    /// <summary>Whether the file says anything of it: what it does not name stays as it is.</summary>
    public bool Has(string column) => _places.ContainsKey(column);

    /// <summary>A record's text in a column, without white space around it; null where it is empty or there is no such column.</summary>
    public string? Text(CsvRecord record, string column) =>
        _places.TryGetValue(column, out var place) && record.Fields[place].Trim() is { Length: > 0 } text ? text : null;

    public bool SaysCategory => Has("Type") || Has("Product Category") || Has(OwnCategory);

    /// <summary>The product's category: its slug where the store itself wrote the file, the merchant's own type, or the last
    /// part of Shopify's taxonomy (<c>Apparel &amp; Accessories &gt; Clothing &gt; Shirts</c>).</summary>
    public CategoryInput? Category(CsvRecord record)
    {
        var name = Text(record, "Type") ?? Text(record, "Product Category")?.Split('>')[^1].Trim();
        var slug = Text(record, OwnCategory);
        return string.IsNullOrEmpty(name) && slug is null ? null : new CategoryInput(slug, string.IsNullOrEmpty(name) ? null : name);
    }

    public string? VariantName(CsvRecord record) => Text(record, OwnVariantName);

    /// <summary>The options with all their values in order, where the variants alone do not say it: JSON, as the API has it.</summary>
    public string? Options(CsvRecord record) => Text(record, OwnOptions);
}
