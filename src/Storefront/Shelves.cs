namespace Stoa.Storefront;

/// <summary>A category as the head and the home page show it, with the picture of something that stands on it.</summary>
public sealed record Shelf(string Slug, string Name, int Products, string? Picture);

/// <summary>
/// The categories, which every page's head names: asked for once a minute, and shown as last known while the
/// catalogue is out of reach.
/// </summary>
public sealed class Shelves(TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private volatile Known? known;

    private sealed record Known(Shelf[] Shelves, DateTimeOffset At);

    public async Task<Shelf[]> All(ShopApi api, CancellationToken stop)
    {
        if (known is { } last && clock.GetUtcNow() - last.At < Fresh) return last.Shelves;
        var (categories, products) = (await api.Categories(stop), await api.Products("?sort=newest&limit=100", stop));
        if (categories is { Ok: true, Value: { } found })
            known = new([.. found.Select(c => new Shelf(c.Slug, c.Name, c.Products, Picture(c, products.Value?.Items ?? [])))], clock.GetUtcNow());
        return known?.Shelves ?? [];
    }

    private static string? Picture(Category category, Product[] newest) =>
        LocalUrl.Picture(Array.Find(newest, p => p.Category == category.Slug && p.ImageUrl is not null)?.ImageUrl);
}
