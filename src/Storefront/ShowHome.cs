using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>The front: the shelves and what is new. Stays up, with a word about it, while the catalogue is down.</summary>
public static class ShowHome
{
    public static async Task<IResult> Handle(ShopApi api, Shelves shelves, CancellationToken stop)
    {
        var newest = await api.Products("?sort=newest&limit=12", stop);
        var known = await shelves.All(api, stop);
        return Show.Page<HomePage>(new { Shelves = known, Newest = newest.Value?.Items ?? [], CatalogueIsDown = !newest.Ok });
    }
}
