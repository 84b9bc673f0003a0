namespace Stoa.Storefront;

/// <summary>What can be chosen of a product: a row for each option (size, colour), each value leading to a variant.</summary>
public sealed record Choice(string Name, string Chosen, ChoiceValue[] Values)
{
    /// <summary>Its values look different: each shows its picture.</summary>
    public bool IsSeen => Values.Length > 1 && Values.Select(value => value.Variant.ImageUrl).OfType<string>().Distinct().Count() == Values.Length;

    /// <summary>
    /// A value leads to the variant that keeps the other options as they are; where there is none, to the first that
    /// has the value. Variants without options are a row of their names.
    /// </summary>
    public static Choice[] Of(Product product, Variant chosen)
    {
        if (product.Variants.Length < 2) return [];
        var options = (product.Options ?? []).Where(option => product.Variants.All(v => Value(v, option.Name) is not null)).ToArray();
        return options.Length == 0
            ? [new(Texts.Choose, chosen.Name, [.. product.Variants.Select(v => new ChoiceValue(v.Name, v, v == chosen))])]
            : [.. options.Select(option => Row(product, chosen, option))];
    }

    /// <summary>The variant in few words: "cream, large" beside the product's own name.</summary>
    public static string Words(Product product, Variant chosen) =>
        string.Join(", ", Of(product, chosen).Select(row => row.Chosen));

    private static Choice Row(Product product, Variant chosen, ProductOption option) => new(option.Name, Value(chosen, option.Name)!,
        [.. option.Values.Select(value => (value, variant: Lead(product, chosen, option.Name, value)))
            .Where(pair => pair.variant is not null)
            .Select(pair => new ChoiceValue(pair.value, pair.variant!, Value(chosen, option.Name) == pair.value))]);

    private static Variant? Lead(Product product, Variant chosen, string option, string value)
    {
        var having = product.Variants.Where(v => Value(v, option) == value).ToArray();
        return Array.Find(having, v => v.Options!.All(o => o.Key == option || Value(chosen, o.Key) == o.Value)) ?? having.FirstOrDefault();
    }

    private static string? Value(Variant variant, string option) => variant.Options?.GetValueOrDefault(option);
}

/// <summary>A value of an option and the variant that it leads to.</summary>
public sealed record ChoiceValue(string Text, Variant Variant, bool IsChosen);
