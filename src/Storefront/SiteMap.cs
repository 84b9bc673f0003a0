using System.Xml.Linq;

namespace Stoa.Storefront;

/// <summary>What search engines may read: <c>/robots.txt</c>, and <c>/sitemap.xml</c> (sitemaps.org) with the front, the
/// shelves and the newest products, made anew every ten minutes at most.</summary>
public sealed class SiteMap(TimeProvider clock, ShopSettings settings)
{
    private const int MostPages = 50; // of 100 products: a visitor's own limit of reads leaves room for it
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private static readonly XNamespace Schema = "http://www.sitemaps.org/schemas/sitemap/0.9";

    // What belongs to one visitor, and what is not for people.
    private static readonly string[] NotForSearch =
        ["/cart", "/checkout", "/orders", "/account", "/login", "/signup", "/forgotten-password", "/reset-password", "/confirm-email", "/api/", "/admin"];

    private volatile Known? known;

    private sealed record Known(string Text, DateTimeOffset At);

    public static IResult Robots(HttpResponse response, ShopSettings settings)
    {
        response.Headers.CacheControl = "public, max-age=3600";
        return Results.Text($"User-agent: *\n{string.Concat(NotForSearch.Select(path => $"Disallow: {path}\n"))}\nSitemap: {settings.PublicUrl}/sitemap.xml\n");
    }

    public static async Task<IResult> Handle(HttpResponse response, SiteMap map, ShopApi api, Shelves shelves, CancellationToken stop)
    {
        var text = await map.Text(api, shelves, stop);
        response.Headers.CacheControl = "public, max-age=600";
        return Results.Text(text, "application/xml");
    }

    private async Task<string> Text(ShopApi api, Shelves shelves, CancellationToken stop)
    {
        if (known is { } last && clock.GetUtcNow() - last.At < Fresh) return last.Text;
        List<string> paths = ["/", "/search", .. (await shelves.All(api, stop)).Select(shelf => "/category/" + Uri.EscapeDataString(shelf.Slug))];
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var found = (await api.Products("?sort=newest&limit=100" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)), stop)).Needed(Texts.PartCatalogue);
            paths.AddRange(found.Items.Select(product => "/products/" + Uri.EscapeDataString(product.Slug)));
            if ((cursor = found.NextCursor) is null) break;
        }

        var text = Write(paths);
        known = new(text, clock.GetUtcNow());
        return text;
    }

    private string Write(List<string> paths) => """<?xml version="1.0" encoding="UTF-8"?>""" + "\n"
        + new XElement(Schema + "urlset", paths.Select(path => new XElement(Schema + "url", new XElement(Schema + "loc", settings.PublicUrl + path)))) + "\n";
}
