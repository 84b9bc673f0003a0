using System.Globalization;
using System.Text.Json;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>A product as its lines in a CSV file describe it. Its first line names it; every line may add a variant, a
/// picture or both. A line that is wrong is left out and named; the others stand.</summary>
public sealed class CsvProduct
{
    private readonly CsvColumns _columns;
    private readonly CsvLines _lines;
    private readonly string _currency;
    private readonly List<LineFault> _faults;
    private readonly List<(int Number, string Name)> _options = [];
    private readonly List<(int Line, ProductInput.VariantInput Variant)> _variants = [];
    private readonly List<(int Position, string Url)> _pictures = [];
    private readonly Dictionary<string, int> _openingStock = new(StringComparer.Ordinal);
    private ProductInput.OptionInput[]? _allOptions;
    private string? _description;

    /// <param name="lines">From 1.</param>
    public CsvProduct(CsvLines lines, CsvColumns columns, string currency)
    {
        (_lines, _columns, _currency, _faults) = (lines, columns, currency, [.. lines.Faults]);
        if (ReadProduct(lines.Lines[0]) is { } refusal)
        {
            Leave(refusal);
            return;
        }

        IsThere = true;
        foreach (var line in lines.Lines)
        {
            if (ReadLine(line) is { } fault) _faults.Add(new LineFault(line.Line, fault));
        }
    }

    /// <summary>The file's lines are put into the store, or left out with these.</summary>
    /// <param name="Draft">Null: nothing lands.</param>
    /// <param name="Faults">What did not land.</param>
    public sealed record Outcome(ProductDraft? Draft, IReadOnlyList<LineFault> Faults);

    public string Handle => _lines.Handle;

    /// <summary>Where in the file it begins.</summary>
    public int FirstLine => _lines.Lines[0].Line;

    /// <summary>Whether its first line describes a product.</summary>
    public bool IsThere { get; }

    public int Lines => _lines.Lines.Count;

    public IReadOnlyList<LineFault> Faults => _faults;

    public IEnumerable<string> Skus => _variants.Select(one => one.Variant.Sku!);

    /// <summary>What it makes of the product in the store. What the file has no column for stays as it is; and a product of
    /// which a line could not be used loses no variant, for that line may have been the variant's.</summary>
    /// <param name="was">Null: it is new.</param>
    /// <param name="taken">SKUs that belong to other products.</param>
    public Outcome Make(Product? was, IReadOnlySet<string> taken)
    {
        var faults = new List<LineFault>(_faults);
        faults.AddRange(_variants.Where(one => taken.Contains(one.Variant.Sku!)).Select(one => new LineFault(one.Line, $"the SKU {one.Variant.Sku} belongs to another product")));
        var standing = _variants.Where(one => !taken.Contains(one.Variant.Sku!)).ToList();
        while (true)
        {
            var input = Input(standing.ConvertAll(one => Known(one.Variant, was)), was, keepVariants: faults.Count > 0);
            var errors = input.Validate(_currency).Errors;
            if (errors.Count == 0) return new Outcome(ProductDraft.Of(input) with { OpeningStock = _openingStock }, faults);

            var wrong = standing.Where((_, place) => errors.Keys.Any(field => field.StartsWith(ProductInput.VariantField(place) + ".", StringComparison.Ordinal))).ToList();
            foreach (var one in wrong) faults.Add(new LineFault(one.Line, CsvWords.Of(errors, ProductInput.VariantField(standing.IndexOf(one)))));
            if (wrong.Count == 0)
            {
                if (standing.Count > 0 || faults.Count == 0) faults.Add(Left(CsvWords.Of(errors)));
                return new Outcome(null, faults);
            }

            standing = [.. standing.Except(wrong)];
        }
    }

    private string? ReadProduct(CsvRecord first)
    {
        if (Text(first, "Title") is null) return "Title is missing: the first line of a product names it";
        if ((Text(first, "Status") ?? "active").ToLowerInvariant() is not "active" and var status)
            return status is "draft" or "archived" or "unlisted" ? $"Status is {status}: the store shows every product that it has, so this one is left out" : "Status must be active, draft or archived";
        if ((Text(first, "Published") ?? "true").ToLowerInvariant() is not "true" and var published)
            return published is "false" ? "Published is false: the store shows every product that it has, so this one is left out" : "Published must be true or false";
        if (string.Equals(Text(first, "Gift Card"), "true", StringComparison.OrdinalIgnoreCase)) return "it is a gift card, which this store cannot sell";
        _description = Text(first, "Body (HTML)") is { } body ? HtmlText.FromHtml(body) : null;
        return ReadOptions(first);
    }

    private string? ReadOptions(CsvRecord first)
    {
        if (_columns.Options(first) is { } all)
        {
            try
            {
                _allOptions = Json.Read<ProductInput.OptionInput[]>(all);
            }
            catch (JsonException)
            {
                return "its options are not the JSON that an export writes";
            }
        }
        else if (Text(first, CsvColumns.OptionName(1)) == "Title" && Text(first, CsvColumns.OptionValue(1)) == "Default Title")
        {
            return null; // how Shopify writes that there are none
        }

        for (var number = 1; number <= CsvColumns.MostOptions; number++)
        {
            if (Text(first, CsvColumns.OptionName(number)) is { } name) _options.Add((number, name));
        }

        return null;
    }

    private string? ReadLine(CsvRecord line)
    {
        var picture = Text(line, "Image Src");
        if (picture is not null && !ProductInput.IsPictureUrl(picture)) return "Image Src must be an http(s) address without spaces";
        if (IsVariant(line))
        {
            if (ReadVariant(line) is { } fault) return fault;
        }
        else if (picture is null)
        {
            return "holds neither a variant nor a picture";
        }

        if (picture is not null) _pictures.Add((int.TryParse(Text(line, "Image Position"), NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : int.MaxValue, picture));
        return null;
    }

    private bool IsVariant(CsvRecord line) => line == _lines.Lines[0] || Text(line, "Variant SKU") is not null || Text(line, "Variant Price") is not null
        || Enumerable.Range(1, CsvColumns.MostOptions).Any(number => Text(line, CsvColumns.OptionValue(number)) is not null);

    private string? ReadVariant(CsvRecord line)
    {
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal);
        if (ReadChoice(line, chosen) is { } fault) return fault;
        if (Text(line, "Variant Price") is not { } priceText) return "Variant Price is missing";
        if (CsvPrice.Read(priceText, _currency) is not { } price) return $"Variant Price \"{Short(priceText)}\" is not a price in {_currency}, such as {CsvPrice.Write(new Money(1250, _currency))}";
        if (price.Amount < 0) return $"Variant Price {Short(priceText)} is below zero";
        var quantityText = Text(line, "Variant Inventory Qty") ?? "0";
        if (!int.TryParse(quantityText, NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) || quantity > 1_000_000_000) return $"Variant Inventory Qty \"{Short(quantityText)}\" must be a whole number from 0 to 1,000,000,000";

        var sku = Text(line, "Variant SKU") ?? MadeSku(chosen);
        if (_variants.Find(one => one.Variant.Sku == sku) is { Line: > 0 } same) return $"the SKU {Short(sku)} is line {same.Line}'s already";
        if (_variants.Find(one => one.Variant.Options!.SequenceEqual(chosen)) is { Line: > 0 } twin) return $"chooses the same options as line {twin.Line}";
        if (_variants.Count == ProductInput.MostVariants) return $"a product has at most {ProductInput.MostVariants} variants";
        _variants.Add((line.Line, new ProductInput.VariantInput(sku, _columns.VariantName(line), price, chosen, Text(line, "Variant Image"))));
        if (quantity > 0) _openingStock[sku] = quantity;
        return null;
    }

    private string? ReadChoice(CsvRecord line, Dictionary<string, string> chosen)
    {
        for (var number = 1; number <= CsvColumns.MostOptions; number++)
        {
            var name = _options.Find(option => option.Number == number).Name;
            var value = Text(line, CsvColumns.OptionValue(number));
            if (name is not null && value is null) return $"{CsvColumns.OptionValue(number)} is missing: the product has the option {Short(name)}";
            if (name is null && value is not null && value != "Default Title") return $"{CsvColumns.OptionValue(number)} is given, but the product's first line has no {CsvColumns.OptionName(number)}";
            if (name is not null && !chosen.TryAdd(name, value!)) return $"the product has the option {Short(name)} twice";
        }

        return null;
    }

    /// <summary>The same at every import: of the handle and the options' values, whatever their script.</summary>
    private string MadeSku(Dictionary<string, string> chosen)
    {
        var sku = string.Join('-', chosen.Values.Select(value => PlainText.Slug(value) is { Length: > 0 } plain ? plain : Idempotency.Hash(value)[..6]).Prepend(Handle));
        return sku.Length <= 100 ? sku : $"{sku[..87]}-{Idempotency.Hash(sku)[..12]}";
    }

    private ProductInput Input(List<ProductInput.VariantInput> variants, Product? was, bool keepVariants)
    {
        var first = _lines.Lines[0];
        var kept = was is null || !keepVariants ? [] : was.Variants.Where(old => !variants.Exists(one => one.Sku == old.Sku || Same(one.Options!, old.Options)))
            .Select(old => new ProductInput.VariantInput(old.Sku, old.Name, old.Price, old.Options, old.ImageUrl));
        return new ProductInput(
            Handle, Text(first, "Title"),
            _columns.Has("SEO Description") ? Text(first, "SEO Description") : was?.Summary,
            _columns.Has("Body (HTML)") ? _description : was?.Description,
            _columns.SaysCategory ? _columns.Category(first) : was?.Category is { } slug ? new CategoryInput(slug, null) : null,
            ImageUrl: null,
            _columns.Has("Tags") ? Tags(first) : was?.Tags,
            _columns.Has("Image Src") ? [.. _pictures.OrderBy(one => one.Position).Select(one => one.Url)] : was?.Images,
            _allOptions, [.. variants, .. kept]);
    }

    private ProductInput.VariantInput Known(ProductInput.VariantInput variant, Product? was) =>
        _columns.Has("Variant Image") ? variant : variant with { ImageUrl = was?.Variants.FirstOrDefault(old => old.Sku == variant.Sku)?.ImageUrl };

    private string[] Tags(CsvRecord first) => Text(first, "Tags")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private string? Text(CsvRecord line, string column) => _columns.Text(line, column);

    private void Leave(string reason) => _faults.Add(Left(reason));

    private LineFault Left(string reason) => new(_lines.Lines[0].Line,
        _lines.Lines.Count == 1 ? reason : $"{reason}; the product's other lines, up to line {_lines.Lines[^1].Line}, are left out with it");

    private static bool Same(Dictionary<string, string> one, Dictionary<string, string> other) =>
        one.Count == other.Count && one.All(choice => other.TryGetValue(choice.Key, out var value) && value == choice.Value);

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
