using System.Globalization;
using System.Text.RegularExpressions;
using Stoa.Contracts;

namespace Stoa.Backoffice;

/// <summary>What becomes of the form: the API's request, and the API's refusal at the fields that it is about. Pure.</summary>
public sealed partial record ProductForm
{
    private static readonly Dictionary<string, string> Labels = new()
    {
        ["name"] = "The name",
        ["slug"] = "The address",
        ["summary"] = "The summary",
        ["description"] = "The description",
        ["category"] = "The category:",
        ["tags"] = "The tags",
        ["images"] = "The pictures",
        ["imageUrl"] = "The picture",
        ["options"] = "The options:",
        ["variants"] = "The variants:",
        ["sku"] = "The SKU",
        ["price"] = "The price",
    };

    /// <summary>The rows that are meant, with their place in the form.</summary>
    private IEnumerable<(VariantRow Row, int Place)> Meant => Variants.Select((row, place) => (row, place)).Where(one => one.row is { Removed: false, IsEmpty: false });

    /// <summary>What can be seen to be wrong here; the API has the last word.</summary>
    public ProductForm Checked(string currency)
    {
        var form = this;
        var isPrice = $"The price is a number such as {Prices.Decimal(new Money(1250, currency))}.";
        if (!Meant.Any()) form = form.WithError("sku-0", "A product has one variant at least: its SKU and its price.");
        foreach (var (row, place) in Meant)
        {
            if (Price(row.Price, currency) is null) form = form.WithError($"price-{place}", isPrice);
            foreach (var option in NamedOptions.Where(option => row.Choices[option.Place].Length == 0))
                form = form.WithError($"choice{option.Place}-{place}", $"Say which {option.Name}.");
        }

        return form;
    }

    /// <summary>The request; only of a form that <see cref="Checked"/> found nothing in.</summary>
    public object ToInput(string currency, Category[] categories) => new
    {
        slug = OrNull(Slug),
        name = Name,
        summary = OrNull(Summary),
        description = OrNull(Description),
        category = CategoryInput(categories),
        tags = Tags.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        images = Pictures.Where(one => !one.Removed).OrderBy(one => int.TryParse(one.Place, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : int.MaxValue)
            .Select(one => one.Url).Concat(PictureUrl.Length > 0 ? [PictureUrl] : []).ToArray(),
        options = NamedOptions.Select(option => new { name = option.Name, values = Values(option.Place) }).ToArray(),
        variants = Meant.Select(one => new { sku = one.Row.Sku, name = OrNull(one.Row.Name), price = Price(one.Row.Price, currency), options = Chosen(one.Row), imageUrl = OrNull(one.Row.Picture) }).ToArray(),
    };

    /// <summary>The form again, with the API's errors at its fields.</summary>
    public ProductForm Refused(Refusal refusal)
    {
        var form = this;
        var places = Meant.Select(one => one.Place).ToArray();
        foreach (var (field, faults) in refusal.Errors ?? [])
        {
            var (id, label) = Field(field, places);
            form = form.WithError(id, $"{label} {string.Join(", and ", faults)}.");
        }

        var taken = refusal.Member<string[]>("skus") ?? [];
        foreach (var (_, place) in Meant.Where(one => taken.Contains(one.Row.Sku))) form = form.WithError($"sku-{place}", "Another product has this SKU.");
        return refusal.Code == "slug_taken" ? form.WithError("slug", "Another product has this address.") : form;
    }

    /// <summary>What of the old order is still chosen, then what is new, as it comes.</summary>
    private string[] Values(int option)
    {
        var chosen = Meant.Select(one => one.Row.Choices[option]).Distinct(StringComparer.Ordinal).ToArray();
        return [.. Options[option].Values.Intersect(chosen, StringComparer.Ordinal), .. chosen.Except(Options[option].Values, StringComparer.Ordinal)];
    }

    private Dictionary<string, string> Chosen(VariantRow row) =>
        NamedOptions.DistinctBy(option => option.Name, StringComparer.Ordinal).ToDictionary(option => option.Name, option => row.Choices[option.Place]);

    /// <summary>A category that is there is meant by its name in any case; another name is a new one's.</summary>
    private object? CategoryInput(Category[] categories) =>
        Category.Length == 0 ? null
        : Array.Find(categories, one => one.Name.Equals(Category, StringComparison.OrdinalIgnoreCase)) is { } known ? new { slug = known.Slug }
        : Category;

    private static (string Id, string Label) Field(string field, int[] places)
    {
        if (VariantField().Match(field) is not { Success: true } variant) return (field is "imageUrl" ? "images" : field, Labels.GetValueOrDefault(field, field));
        var (place, part) = (places[int.Parse(variant.Groups[1].Value, CultureInfo.InvariantCulture)], variant.Groups[2].Value);
        return part switch
        {
            "sku" or "price" => ($"{part}-{place}", Labels[part]),
            "options" => ($"choice0-{place}", "The options"),
            "imageUrl" => ($"variantPicture-{place}", "The picture"),
            _ => ($"variantName-{place}", "The name"),
        };
    }

    /// <summary>No more digits than the currency has: rounding would be a price that nobody typed.</summary>
    private static Money? Price(string typed, string currency) =>
        Prices.Read(typed, currency) is { } minor && (typed.Split('.') is not [_, var behind] || behind.Length <= new Money(0, currency).Digits) ? new Money(minor, currency) : null;

    private static string? OrNull(string text) => text.Length > 0 ? text : null;

    [GeneratedRegex(@"\Avariants\[(\d{1,3})\]\.?(.*)\z")]
    private static partial Regex VariantField();
}
