using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>A product as staff send it, whole.</summary>
/// <param name="Slug">1–80 of <c>a–z 0–9 -</c>, neither the shape of a UUID nor <c>export</c>. Missing: made from the name, kept on a change.</param>
/// <param name="Name">1–200 characters.</param>
/// <param name="Summary">At most 500 characters.</param>
/// <param name="Description">Plain text, at most 20,000 characters; paragraphs are separated by an empty line.</param>
/// <param name="Category">See <see cref="CategoryInput"/>.</param>
/// <param name="ImageUrl">The first picture. Missing: the first of the images.</param>
/// <param name="Tags">At most 50 words to find it by, each 1–100 characters without a comma.</param>
/// <param name="Images">At most 50 pictures.</param>
/// <param name="Options">At most 5, with 1–100 values each. Missing: those that the variants name.</param>
/// <param name="Variants">1–100.</param>
public sealed partial record ProductInput(
    string? Slug, string? Name, string? Summary, string? Description, CategoryInput? Category, string? ImageUrl, string[]? Tags, string[]? Images,
    ProductInput.OptionInput[]? Options, ProductInput.VariantInput[]? Variants)
{
    public const int MostVariants = 100;
    public const int MostImages = 50;
    private const long MostPrice = 10_000_000_000;

    /// <summary>An option and its values in the order in which they are shown, each 1–100 characters.</summary>
    public sealed record OptionInput(string? Name, string[]? Values);

    /// <summary>A variant.</summary>
    /// <param name="Sku">1–100 characters, none of them a control character or one of <c>/ \ % ,</c>, which addresses and lists cannot carry.</param>
    /// <param name="Name">At most 250 characters. Missing: the product's name and the options' values.</param>
    /// <param name="Price">In the store's currency, from 0 to 10,000,000,000 minor units.</param>
    /// <param name="Options">Its value of each option.</param>
    /// <param name="ImageUrl">Where it looks different.</param>
    public sealed record VariantInput(string? Sku, string? Name, Money? Price, Dictionary<string, string>? Options, string? ImageUrl);

    /// <returns>The 422 problem, or null.</returns>
    public ProblemHttpResult? Check(string currency) => Validate(currency).Problem;

    /// <summary>What is wrong with it, by field: those of a variant as <c>variants[0].sku</c>.</summary>
    public Validation Validate(string currency)
    {
        var check = new Validation()
            .Text("name", Name, 1, 200).Optional("summary", Summary, 500).Optional("description", Description, 20_000)
            .Require(Slug is null || IsSlug(Slug), "slug", "must be 1 to 80 lower-case letters, digits and single hyphens, and neither a UUID nor \"export\"");
        CheckCategory(check);
        CheckPictures(check);
        CheckOptions(check);
        check.Require(Tags is null || (Tags.Length <= 50 && Tags.All(IsTag)), "tags", "must be at most 50 tags of 1 to 100 characters without a comma");
        if (check.Require(Variants is { Length: >= 1 and <= MostVariants }, "variants", $"must be 1 to {MostVariants} variants").Problem is not null) return check;
        for (var i = 0; i < Variants!.Length; i++) CheckVariant(check, VariantField(i), Variants[i], currency);
        if (check.Problem is not null) return check;
        return check
            .Require(Variants.DistinctBy(variant => variant.Sku, StringComparer.Ordinal).Count() == Variants.Length, "variants", "each variant has its own SKU")
            .Require(Variants.Length == 1 || Choices().Distinct(StringComparer.Ordinal).Count() == Variants.Length, "variants", "each variant has its own choice of options");
    }

    /// <summary>What the faults of a variant are named by.</summary>
    public static string VariantField(int place) => string.Create(CultureInfo.InvariantCulture, $"variants[{place}]");

    /// <summary>The options given, else those that the variants name, in the order in which they come.</summary>
    public Option[] AllOptions() => Options is not null
        ? [.. Options.Select(option => new Option(option.Name!, option.Values!))]
        :
        [
            .. (Variants ?? []).SelectMany(variant => variant?.Options ?? []).GroupBy(choice => choice.Key, choice => choice.Value, StringComparer.Ordinal)
                .Select(option => new Option(option.Key, [.. option.Distinct(StringComparer.Ordinal)])),
        ];

    private IEnumerable<string> Choices() =>
        Variants!.Select(variant => string.Join('\n', (variant.Options ?? []).OrderBy(choice => choice.Key, StringComparer.Ordinal)));

    private void CheckCategory(Validation check)
    {
        if (Category is null) return;
        check.Require(Category.Slug is null || IsSlug(Category.Slug), "category", "its slug must be 1 to 80 lower-case letters, digits and single hyphens")
            .Require(Category.Name is null ? Category.Slug is not null : Category.Name.Trim().Length >= 1 && Category.Name.Length <= 100, "category", "its name must be 1 to 100 characters");
    }

    private void CheckPictures(Validation check)
    {
        check.Require(ImageUrl is null || IsPictureUrl(ImageUrl), "imageUrl", "must be an http(s) address or a path of this store")
            .Require(Images is null || (Images.Length <= MostImages && Images.All(IsPictureUrl)), "images", $"must be at most {MostImages} http(s) addresses or paths of this store");
    }

    private void CheckOptions(Validation check)
    {
        if (Options is null) return;
        check.Require(Options.Length <= 5, "options", "must be at most 5 options")
            .Require(Options.All(option => option is { Values.Length: >= 1 and <= 100 } && IsLabel(option.Name) && option.Values.All(IsLabel)), "options", "each option has a name and 1 to 100 values, of 1 to 100 characters")
            .Require(Options.DistinctBy(option => option?.Name, StringComparer.Ordinal).Count() == Options.Length, "options", "each option has its own name");
    }

    private void CheckVariant(Validation check, string field, VariantInput? variant, string currency)
    {
        if (variant is null)
        {
            check.Require(false, field, "must be a variant");
            return;
        }

        check.Require(IsSku(variant.Sku), field + ".sku", "must be 1 to 100 characters, without white space at its ends and without / \\ % ,")
            .Optional(field + ".name", variant.Name, 250)
            .Require(variant.Price is { Amount: >= 0 and <= MostPrice }, field + ".price", string.Create(CultureInfo.InvariantCulture, $"must be from 0 to {MostPrice} minor units"))
            .Require(variant.Price is null || variant.Price.Value.Currency == currency, field + ".price", $"must be in the store's currency, {currency}")
            .Require(variant.ImageUrl is null || IsPictureUrl(variant.ImageUrl), field + ".imageUrl", "must be an http(s) address or a path of this store")
            .Require(ChoosesWell(variant.Options ?? []), field + ".options", "must choose one of the values of each of the product's options");
    }

    private bool ChoosesWell(Dictionary<string, string> chosen)
    {
        if (Options is null) return chosen.Count <= 5 && chosen.All(choice => IsLabel(choice.Key) && IsLabel(choice.Value)) && SameNames(chosen);
        return chosen.Count == Options.Length && Options.All(option =>
            option is { Name: { } name, Values: { } values } && chosen.TryGetValue(name, out var value) && values.Contains(value, StringComparer.Ordinal));
    }

    private bool SameNames(Dictionary<string, string> chosen) =>
        Variants![0]?.Options is { } first ? chosen.Count == first.Count && chosen.Keys.All(first.ContainsKey) : chosen.Count == 0;

    private static bool IsTag(string? tag) => IsLabel(tag) && !tag!.Contains(',', StringComparison.Ordinal) && tag.Trim().Length == tag.Length;

    private static bool IsLabel(string? text) => text is { Length: >= 1 and <= 100 } && text.Trim().Length > 0;

    internal static bool IsSlug(string slug) => slug.Length <= 80 && SlugShape().IsMatch(slug) && !IsTaken(slug);

    /// <summary>In <c>/api/products/{idOrSlug}</c> a UUID is an id, and <c>export</c> the catalogue as a file.</summary>
    internal static bool IsTaken(string slug) => slug == "export" || Guid.TryParse(slug, out _);

    private static bool IsSku(string? sku) => sku is { Length: >= 1 and <= 100 } and not ("." or "..") && sku.Trim().Length == sku.Length
        && !sku.Any(letter => char.IsControl(letter) || letter is '/' or '\\' or '%' or ',');

    internal static bool IsPictureUrl(string? url) => url is { Length: >= 1 and <= 2000 } && !url.Any(letter => char.IsControl(letter) || letter is ' ' or '\\')
        && (IsOwnPath(url) || (Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)));

    private static bool IsOwnPath(string url) => url[0] == '/' && !url.StartsWith("//", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex SlugShape();
}
