namespace Stoa.Storefront;

/// <summary>Puts a SKU into the cart. A visitor without a session gets a guest's: from now on there is a cart to keep.</summary>
public static class AddToCart
{
    public static async Task<IResult> Handle(IFormCollection form, ShopApi api, StartSession start, CancellationToken stop)
    {
        var line = Chosen(form);
        var slug = Uri.EscapeDataString(form["slug"].ToString());
        var product = $"/products/{slug}?sku={Uri.EscapeDataString(line.Sku)}";
        if (!await start.AsGuestIfNobody(stop)) throw new PartDownException(Texts.YourCart, 503);

        var answer = await api.AddToCart(line, stop);
        if (answer.Status is 401) throw new PartDownException(Texts.YourCart, 401);
        if (answer.Status is 404) return Show.Next(product + "&refused=gone");
        if (answer.Status is 422) return Show.Next(product + "&refused=quantity");
        answer.Needed(Texts.YourCart);
        return Show.Next(product + "&added=yes");
    }

    /// <summary>The SKU and quantity of a product's form; what is no number counts as one piece.</summary>
    public static SkuQuantity Chosen(IFormCollection form) =>
        new(form["sku"].ToString(), int.TryParse(form["quantity"], out var quantity) && quantity > 0 ? quantity : 1);
}
