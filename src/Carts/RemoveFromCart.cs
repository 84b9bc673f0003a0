using Stoa.Kernel;

namespace Stoa.Carts;

/// <summary>Removes a line, or all of them. What is not there is removed already.</summary>
public static class RemoveFromCart
{
    public static Task<IResult> One(string sku, Buyer buyer, HttpContext http, ChangeCart cart) =>
        cart.Run(buyer, http, async tx =>
        {
            await CartLines.Remove(tx, buyer.Id, sku);
            return null;
        });

    public static Task<IResult> All(Buyer buyer, HttpContext http, ChangeCart cart) =>
        cart.Run(buyer, http, async tx =>
        {
            await CartLines.RemoveAll(tx, buyer.Id);
            return null;
        });
}
