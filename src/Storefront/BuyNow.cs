namespace Stoa.Storefront;

/// <summary>Straight from a product to the checkout, past the cart: it works also while the carts are down.</summary>
public static class BuyNow
{
    public static async Task<IResult> Handle(IFormCollection form, StartSession start, CancellationToken stop)
    {
        var line = AddToCart.Chosen(form);
        if (!await start.AsGuestIfNobody(stop)) throw new PartDownException(Texts.PartCheckout, 503);
        return Show.Next($"/checkout?sku={Uri.EscapeDataString(line.Sku)}&quantity={line.Quantity}");
    }
}
