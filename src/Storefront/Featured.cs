namespace Stoa.Storefront;

/// <summary>What the front shows first: the products that the setting <c>Stoa:Featured</c> names by their slugs, as far as they are
/// there; else something of every shelf that can be had now and is not among what is new below.</summary>
public static class Featured
{
    private const int Most = 8;

    public static async Task<Product[]> Find(ShopApi api, ShopSettings settings, Product[] newest, CancellationToken stop)
    {
        if (settings.Featured.Length == 0) return await OfEveryShelf(api, newest, stop);
        var named = await Task.WhenAll(settings.Featured.Take(Most).Select(slug => api.Product(slug, stop)));
        return [.. named.Select(answer => answer.Value).OfType<Product>()];
    }

    private static async Task<Product[]> OfEveryShelf(ShopApi api, Product[] newest, CancellationToken stop)
    {
        var shown = newest.Select(product => product.Slug).ToHashSet();
        var all = (await api.Products("?sort=newest&limit=100&inStock=true", stop)).Value?.Items ?? [];
        return [.. all.Where(product => product.ImageUrl is not null && !shown.Contains(product.Slug)).DistinctBy(product => product.Category).Take(Most)];
    }
}
