using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>What lies on the shelf, product by product as the catalogue finds them. A SKU leads straight to its own page.</summary>
public static class FindStock
{
    private const int MostSkus = 100;

    public static async Task<IResult> Handle(string? q, string? cursor, OfficeApi api, CancellationToken stop)
    {
        var text = (q ?? "").Trim();
        if (IsSku(text) && (await api.Stock(text, stop)).Ok) return Show.Next(ShowStock.Link(text));
        var products = (await api.Products(text, cursor, stop)).Needed("The catalogue");
        var skus = products.Items.SelectMany(product => product.Variants).Select(variant => variant.Sku).ToArray();
        var answers = await Task.WhenAll(skus.Chunk(MostSkus).Select(some => api.StockOf(some, stop)));
        var figures = answers.SelectMany(answer => answer.Needed("The stock").Items).ToDictionary(stock => stock.Sku);
        return Show.Page<StockPage>(new { Text = text, Products = products, Figures = figures, Cursor = cursor });
    }

    // What could be none would be no address either.
    private static bool IsSku(string text) => text.Length is > 0 and <= 100 && !text.Any(letter => char.IsWhiteSpace(letter) || letter is '/' or '\\' or '%' or ',' or '?' or '#') && text is not ("." or "..");
}
