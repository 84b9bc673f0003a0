using System.Globalization;
using System.Text;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>The whole catalogue as the CSV that an import takes, in the order in which the products were made, page by page
/// as it goes out: each product as it is at that moment. What can be had of each SKU is asked of Inventory, and becomes the
/// opening stock of the store that takes the file.</summary>
public static class ExportProducts
{
    private const int PageSize = 100;

    public static async Task<IResult> Handle(HttpContext http, Database database, StockFigures stock, CancellationToken stop)
    {
        Deadline.LetGo(); // it ends with the catalogue, not with a time
        var page = await Next(0, database, stock, stop); // before the answer begins, so that it can still be a refusal
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"products.csv\"";
        http.Response.Headers.CacheControl = "no-store";
        await Write(http.Response, [CsvColumns.Exported], stop);
        for (; page.Rows.Count > 0; page = await Next(page.Rows[^1].Number, database, stock, stop))
        {
            await Write(http.Response, page.Rows.SelectMany(row => Lines(row, page.Available)), stop);
        }

        return Results.Empty;
    }

    private static async Task<Page> Next(long after, Database database, StockFigures stock, CancellationToken stop)
    {
        var rows = await database.Query<Row>("""
            SELECT products.number, document, categories.name AS category
            FROM products JOIN product_texts ON product_texts.number = products.number LEFT JOIN categories ON categories.slug = products.category
            WHERE products.number > @after ORDER BY products.number LIMIT @PageSize
            """, new { after, PageSize }, stop);
        return new Page(rows, rows.Count == 0 ? [] : await stock.Available(rows.SelectMany(row => row.Product.Variants.Select(variant => variant.Sku)), stop));
    }

    private static async Task Write(HttpResponse response, IEnumerable<IEnumerable<string?>> lines, CancellationToken stop)
    {
        var text = string.Concat(lines.Select(line => CsvFields.Write(line) + "\n"));
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), stop);
    }

    /// <summary>One line a variant, then one for each picture that is left.</summary>
    private static IEnumerable<IEnumerable<string?>> Lines(Row row, Dictionary<string, long> available)
    {
        var product = row.Product;
        for (var place = 0; place < Math.Max(product.Variants.Length, product.Images.Length); place++)
        {
            var line = new Dictionary<string, string?> { ["Handle"] = product.Slug };
            if (place == 0) AddProduct(product, row.Category, line);
            if (place < product.Variants.Length) AddVariant(product, product.Variants[place], available, line);
            if (place < product.Images.Length) (line["Image Src"], line["Image Position"]) = (product.Images[place], (place + 1).ToString(CultureInfo.InvariantCulture));
            yield return CsvColumns.Exported.Select(line.GetValueOrDefault);
        }
    }

    private static void AddProduct(Product product, string? category, Dictionary<string, string?> line)
    {
        line["Title"] = product.Name;
        line["Body (HTML)"] = product.Description is null ? null : HtmlText.ToHtml(product.Description);
        line["Type"] = category;
        line["Tags"] = string.Join(", ", product.Tags);
        (line["Published"], line["Status"]) = ("true", "active");
        line["SEO Description"] = product.Summary;
        line[CsvColumns.OwnCategory] = product.Category;
        if (product.Options.Length == 0) line[CsvColumns.OptionName(1)] = "Title";
        for (var place = 0; place < product.Options.Length; place++) line[CsvColumns.OptionName(place + 1)] = product.Options[place].Name;
        if (!IsSaidByVariants(product)) line[CsvColumns.OwnOptions] = Json.Write(product.Options);
    }

    private static void AddVariant(Product product, Variant variant, Dictionary<string, long> available, Dictionary<string, string?> line)
    {
        if (product.Options.Length == 0) line[CsvColumns.OptionValue(1)] = "Default Title";
        for (var place = 0; place < product.Options.Length; place++) line[CsvColumns.OptionValue(place + 1)] = variant.Options[product.Options[place].Name];
        line["Variant SKU"] = variant.Sku;
        line["Variant Inventory Qty"] = available.GetValueOrDefault(variant.Sku).ToString(CultureInfo.InvariantCulture);
        line["Variant Price"] = CsvPrice.Write(variant.Price);
        line["Variant Image"] = variant.ImageUrl;
        if (variant.Name != ProductDraft.NameOf(product.Name, product.Options, variant.Options)) line[CsvColumns.OwnVariantName] = variant.Name;
    }

    /// <summary>Whether the variants alone give the options' values in their order; an option that is called as Shopify calls "none" never does.</summary>
    private static bool IsSaidByVariants(Product product) => product.Options.All(option => option.Name != "Title"
        && option.Values.SequenceEqual(product.Variants.Select(variant => variant.Options[option.Name]).Distinct(StringComparer.Ordinal), StringComparer.Ordinal));

    private sealed record Page(List<Row> Rows, Dictionary<string, long> Available);

    private sealed record Row(long Number, string Document, string? Category)
    {
        public Product Product { get; } = Json.Read<Product>(Document);
    }
}
