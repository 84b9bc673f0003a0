using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>The categories that hold products, by name, with how many.</summary>
public static class ListCategories
{
    public sealed record Category(string Slug, string Name, long Products);

    public static async Task<Category[]> Handle(HttpContext http, Database database, CancellationToken stop)
    {
        var categories = await database.Query<Category>("SELECT slug, name, products FROM categories WHERE products > 0", stop: stop);
        http.Response.Headers.CacheControl = ReadyJson.Caching;
        return [.. categories.OrderBy(category => PlainText.Fold(category.Name), StringComparer.Ordinal)];
    }
}
