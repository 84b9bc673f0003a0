using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>One product. The chosen variant is part of the address (?sku=), so that choosing needs no script.</summary>
public static class ShowProduct
{
    public static async Task<IResult> Handle(string slug, string? sku, string? added, string? refused, ShopApi api, Shelves shelves, CancellationToken stop)
    {
        var answer = await api.Product(slug, stop);
        if (answer.Status is 404) return Show.NotFound();
        var product = answer.Needed(Texts.PartCatalogue);
        var shelf = Array.Find(await shelves.All(api, stop), s => s.Slug == product.Category);
        return Show.Page<ProductPage>(new { Product = product, Chosen = product.Choose(sku), Shelf = shelf, Added = added is not null, Refused = refused });
    }
}
