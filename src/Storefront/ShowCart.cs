using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>The cart, with pictures and the stock word from the catalogue where it answers.</summary>
public static class ShowCart
{
    // More distinct products than this in one cart are shown without pictures rather than slowly.
    private const int MostPictures = 24;

    public static async Task<IResult> Handle(string? refused, ShopApi api, Session session, StartSession start, CancellationToken stop)
    {
        if (!session.Exists && session.RefreshToken is null)
            return Show.Page<CartPage>(new { Lines = Array.Empty<CartPage.Line>(), Cart = (Cart?)null, Refused = refused });
        await start.CartMerged(stop);
        var cart = (await api.Cart(stop)).Needed(Texts.YourCart);
        return Show.Page<CartPage>(new { Cart = cart, Lines = await Lines(cart, api, stop), Refused = refused });
    }

    private static async Task<CartPage.Line[]> Lines(Cart cart, ShopApi api, CancellationToken stop)
    {
        var slugs = cart.Items.Select(line => line.Slug).Distinct().Take(MostPictures).ToArray();
        var answers = await Task.WhenAll(slugs.Select(slug => api.Product(slug, stop)));
        var products = slugs.Zip(answers).Where(pair => pair.Second.Ok).ToDictionary(pair => pair.First, pair => pair.Second.Value);
        return [.. cart.Items.Select(line => Described(line, products.GetValueOrDefault(line.Slug)))];
    }

    private static CartPage.Line Described(CartLine line, Product? product)
    {
        var variant = Array.Find(product?.Variants ?? [], v => v.Sku == line.Sku);
        return new(line, variant?.ImageUrl ?? product?.ImageUrl, SoldOut: variant is { InStock: false });
    }
}
