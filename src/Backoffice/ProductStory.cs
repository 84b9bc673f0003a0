using System.Text.Json;
using Stoa.Contracts;

namespace Stoa.Backoffice;

/// <summary>Who changed what of a product, in words. Pure.</summary>
public static class ProductStory
{
    /// <param name="What">What happened.</param>
    /// <param name="Who">The member of staff.</param>
    /// <param name="Lines">What was before and after; null where that was not kept yet.</param>
    public sealed record Entry(DateTimeOffset At, string What, string Who, Line[]? Lines);

    /// <param name="Before">Null: there was none.</param>
    /// <param name="After">Null: there is none.</param>
    public sealed record Line(string Of, string? Before, string? After);

    private static readonly Dictionary<string, string> Labels = new()
    {
        ["name"] = "Name",
        ["slug"] = "Address",
        ["summary"] = "Summary",
        ["description"] = "Description",
        ["category"] = "Category",
        ["tags"] = "Tags",
        ["images"] = "Pictures",
        ["options"] = "Options",
        ["order"] = "Order of the SKUs",
    };

    public static Entry[] Of(ProductChange[] changes, StaffMember[] staff)
    {
        var names = staff.ToDictionary(one => one.Id, one => one.Name);
        var nameless = staff.Length == 0 ? "staff" : "former staff"; // while Users is away nobody's name is known
        return [.. changes.Select(change => new Entry(change.At, What(change), names.GetValueOrDefault(change.MadeBy, nameless), change.Differences is { } differences ? Lines(differences) : null))];
    }

    public static Line[] Lines(Difference[] differences) => [.. differences.SelectMany(Lines)];

    private static string What(ProductChange change) => change.Kind switch
    {
        "created" => "Created",
        "deleted" => "Deleted",
        _ => "Changed",
    };

    private static IEnumerable<Line> Lines(Difference one)
    {
        if (one is not { Field: "variant", Sku: { } sku }) return [new Line(Labels.GetValueOrDefault(one.Field, one.Field), Text(one.Before), Text(one.After))];
        var (before, after) = (Variant(one.Before), Variant(one.After));
        if (before is null || after is null) return [new Line("SKU " + sku, before is null ? null : Whole(before), after is null ? null : Whole(after))];
        return Variant(sku, before, after);
    }

    private static IEnumerable<Line> Variant(string sku, CatalogueVariant before, CatalogueVariant after)
    {
        (string Of, string? Before, string? After)[] parts =
        [
            ("name", before.Name, after.Name),
            ("price", Prices.Text(before.Price), Prices.Text(after.Price)),
            ("choices", Choices(before), Choices(after)),
            ("picture", before.ImageUrl, after.ImageUrl),
        ];
        return parts.Where(part => part.Before != part.After).Select(part => new Line($"{sku}, {part.Of}", part.Before, part.After));
    }

    private static CatalogueVariant? Variant(JsonElement? state) => state?.Deserialize<CatalogueVariant>(JsonSerializerOptions.Web);

    private static string Whole(CatalogueVariant variant) =>
        string.Join(", ", new[] { variant.Name, Prices.Text(variant.Price), Choices(variant), variant.ImageUrl }.Where(text => !string.IsNullOrEmpty(text)));

    private static string Choices(CatalogueVariant variant) => string.Join(", ", (variant.Options ?? []).Select(choice => $"{choice.Key} {choice.Value}"));

    /// <summary>A text, a list of texts, or options with their values.</summary>
    private static string? Text(JsonElement? value) => value switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Array } all => string.Join("; ", all.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.Object
            ? $"{one.GetProperty("name").GetString()}: {string.Join(", ", one.GetProperty("values").EnumerateArray().Select(word => word.GetString()))}" : one.ToString())),
        { } other => other.GetRawText(),
    };
}
