using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>A shelf or a search, narrowed and sorted by links and one form, a page at a time.</summary>
public static class BrowseProducts
{
    public static Task<IResult> Search(HttpRequest request, ShopApi api, Shelves shelves, ShopSettings settings, CancellationToken stop) =>
        Browse(ProductFilter.Read(request.Query, null), api, shelves, settings, stop);

    public static Task<IResult> Category(string slug, HttpRequest request, ShopApi api, Shelves shelves, ShopSettings settings, CancellationToken stop) =>
        Browse(ProductFilter.Read(request.Query, slug), api, shelves, settings, stop);

    private static async Task<IResult> Browse(ProductFilter filter, ShopApi api, Shelves shelves, ShopSettings settings, CancellationToken stop)
    {
        var known = await shelves.All(api, stop);
        var shelf = Array.Find(known, s => s.Slug == filter.Category);
        if (filter is { Category: not null, Search: null } && shelf is null && known.Length > 0) return Show.NotFound();

        var found = await api.Products(filter.ForApi(settings.Currency), stop);
        // A cursor that was cut off or has grown old: begin at the first page rather than with an error.
        if (found.Status is 400 or 422 && filter.Cursor is not null) return Show.Next((filter with { Cursor = null }).Address);
        var page = found.Needed(Texts.PartCatalogue);
        return Show.Page<BrowsePage>(new { Filter = filter, Shelves = known, Shelf = shelf, Products = page.Items, page.NextCursor, settings.Currency });
    }
}
