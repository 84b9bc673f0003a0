using System.Text;

namespace Stoa.Storefront;

/// <summary>What a shopper asked the catalogue for, read from and written to the page's address.</summary>
public sealed record ProductFilter(
    string? Search, string? Category, string? Min, string? Max, bool InStock, string? Sort, string? Cursor)
{
    public static IReadOnlyList<(string Value, string Label)> Sorts =>
        [("newest", Texts.Newest), ("price", Texts.PriceAscending), ("-price", Texts.PriceDescending), ("name", Texts.Name)];

    public static ProductFilter Read(IQueryCollection query, string? category) => new(
        Text(query, "q", 200), category ?? Text(query, "category", 100), Text(query, "min", 12), Text(query, "max", 12),
        query["stock"] == "in", Text(query, "sort", 12), Text(query, "cursor", 1000));

    /// <summary>Words are looked for by relevance; a shelf shows what is new first.</summary>
    public string SortOrDefault => Sort is "relevance" or "newest" or "price" or "-price" or "name" ? Sort : Search is null ? "newest" : "relevance";

    public bool Narrows => Min is not null || Max is not null || InStock;

    /// <summary>The API's query: prices in minor units of the store's currency.</summary>
    public string ForApi(string currency) => Join(
        ("search", Search), ("category", Category), ("minPrice", Prices.Read(Min, currency)?.ToString()),
        ("maxPrice", Prices.Read(Max, currency)?.ToString()), ("inStock", InStock ? "true" : null), ("sort", SortOrDefault),
        ("limit", "24"), ("cursor", Cursor));

    /// <summary>This page's own address with the same choices, for links that change one of them.</summary>
    public string Address => (Search is null && Category is not null ? "/category/" + Uri.EscapeDataString(Category) : "/search")
        + Join(("q", Search), ("category", Search is null ? null : Category), ("min", Min), ("max", Max),
            ("stock", InStock ? "in" : null), ("sort", Sort), ("cursor", Cursor));

    private static string? Text(IQueryCollection query, string name, int longest) =>
        query[name].ToString().Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, longest)] : null;

    private static string Join(params ReadOnlySpan<(string Name, string? Value)> parts)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in parts)
            if (value is not null) text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return text.ToString();
    }
}
