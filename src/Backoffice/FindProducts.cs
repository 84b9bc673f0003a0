using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>The catalogue, by name, or as the shop's search finds it.</summary>
public static class FindProducts
{
    public static async Task<IResult> Handle(string? q, string? cursor, string? done, OfficeApi api, CancellationToken stop)
    {
        var text = (q ?? "").Trim();
        var (products, categories) = (api.Products(text, cursor, stop), api.Categories(stop));
        await Task.WhenAll(products, categories);
        return Show.Page<ProductsPage>(new
        {
            Text = text,
            Products = (await products).Needed("The catalogue"),
            Categories = ((await categories).Value ?? []).ToDictionary(one => one.Slug, one => one.Name),
            Cursor = cursor,
            Deleted = done is "deleted",
        });
    }
}
