using System.Text.Json;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>One thing that a change made otherwise.</summary>
/// <param name="Field">As the product names it: <c>name</c>, <c>tags</c>; <c>variant</c> is the one of the SKU, and <c>order</c> the SKUs in their order.</param>
/// <param name="Sku">Whose variant; null for what is the product's.</param>
/// <param name="Before">Null: there was none.</param>
/// <param name="After">Null: there is none.</param>
public sealed record FieldChange(string Field, string? Sku, JsonElement? Before, JsonElement? After);

/// <summary>What is otherwise between two states of a product, in what staff decide: stock is not theirs. Pure.</summary>
public static class Differences
{
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement<object?>(null);

    private sealed record Key(string Field, string? Sku);

    private sealed record VariantState(string Name, Contracts.Money Price, Dictionary<string, string> Options, string? ImageUrl);

    /// <param name="before">Null: it is new.</param>
    /// <param name="after">Null: it is deleted.</param>
    public static FieldChange[] Between(Product? before, Product? after)
    {
        var (was, now) = (Fields(before), Fields(after));
        return
        [
            .. was.Keys.Union(now.Keys)
                .Select(key => (key, Before: was.GetValueOrDefault(key, Nothing), After: now.GetValueOrDefault(key, Nothing)))
                .Where(one => one.Before.GetRawText() != one.After.GetRawText())
                .Select(one => new FieldChange(one.key.Field, one.key.Sku, OrNull(one.Before), OrNull(one.After))),
            .. Order(before, after),
        ];
    }

    private static Dictionary<Key, JsonElement> Fields(Product? product)
    {
        var fields = new Dictionary<Key, JsonElement>();
        if (product is null) return fields;
        void Add(string field, object? value, string? sku = null) => fields.Add(new Key(field, sku), value is null or Array { Length: 0 } ? Nothing : JsonSerializer.SerializeToElement(value, Json.Options));
        Add("name", product.Name);
        Add("slug", product.Slug);
        Add("summary", product.Summary);
        Add("description", product.Description);
        Add("category", product.Category);
        Add("tags", product.Tags);
        Add("images", product.Images);
        Add("options", product.Options);
        foreach (var one in product.Variants) Add("variant", new VariantState(one.Name, one.Price, one.Options, one.ImageUrl), one.Sku);
        return fields;
    }

    /// <summary>Only where those that stayed changed places: what came and went is told already.</summary>
    private static FieldChange[] Order(Product? before, Product? after)
    {
        string[] was = [.. (before?.Variants ?? []).Select(variant => variant.Sku)], now = [.. (after?.Variants ?? []).Select(variant => variant.Sku)];
        return was.Intersect(now).SequenceEqual(now.Intersect(was)) ? []
            : [new FieldChange("order", null, JsonSerializer.SerializeToElement(was), JsonSerializer.SerializeToElement(now))];
    }

    private static JsonElement? OrNull(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : element;
}
