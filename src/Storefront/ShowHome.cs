using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>The front: the shelves, what is worth a look and what is new. Stays up, with a word about it, while the catalogue is down.</summary>
public static class ShowHome
{
    private const int NewOnes = 8;

    public static async Task<IResult> Handle(ShopApi api, Shelves shelves, ShopSettings settings, CancellationToken stop)
    {
        var (asked, known) = (api.Products("?sort=newest&limit=" + NewOnes, stop), await shelves.All(api, stop));
        var newest = await asked;
        var featured = newest.Ok ? await Featured.Find(api, settings, newest.Value?.Items ?? [], stop) : [];
        return Show.Page<HomePage>(new { Shelves = known, Featured = featured, Newest = newest.Value?.Items ?? [], CatalogueIsDown = !newest.Ok });
    }
}
