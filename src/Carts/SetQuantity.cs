using Stoa.Kernel;

namespace Stoa.Carts;

/// <summary>Sets how many of a SKU the cart holds; 0 removes it.</summary>
public static class SetQuantity
{
    public sealed record Request(int? Quantity);

    public static async Task<IResult> Handle(string sku, Request request, Buyer buyer, HttpContext http, ChangeCart cart, ShowCart show)
    {
        if (new Validation().Range("quantity", request.Quantity ?? -1, 0, CartLimits.MostOfOneSku).Problem is { } problem) return problem;
        if (request.Quantity == 0) return await RemoveFromCart.One(sku, buyer, http, cart);
        return await cart.Run(buyer, http, tx => AddToCart.Put(tx, buyer.Id, sku, _ => request.Quantity!.Value, show));
    }
}
