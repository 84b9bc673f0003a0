namespace Stoa.Products;

/// <summary>The faults of a product, told in the words of the file's columns.</summary>
public static class CsvWords
{
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["slug"] = "Handle",
        ["name"] = "Title",
        ["summary"] = "SEO Description",
        ["description"] = "Body (HTML)",
        ["category"] = "Type",
        ["tags"] = "Tags",
        ["images"] = "Image Src",
        ["options"] = "Option Value",
        ["sku"] = "Variant SKU",
        ["price"] = "Variant Price",
        ["imageUrl"] = "Variant Image",
    };

    /// <param name="errors">By field, as <see cref="ProductInput.Validate"/> tells them.</param>
    /// <param name="prefix">Only those of this variant.</param>
    public static string Of(IReadOnlyDictionary<string, string[]> errors, string prefix = "") => string.Join("; ", errors
        .Where(error => error.Key.StartsWith(prefix, StringComparison.Ordinal))
        .SelectMany(error => error.Value.Select(message => $"{Column(error.Key)} {message}")));

    private static string Column(string field)
    {
        var last = field[(field.LastIndexOf('.') + 1)..];
        return Columns.GetValueOrDefault(last) ?? last;
    }
}
