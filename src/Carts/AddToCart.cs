using Stoa.Kernel;

namespace Stoa.Carts;

/// <summary>Puts a quantity of a SKU into the cart, on top of what is there.</summary>
public static class AddToCart
{
    private const int LongestSku = 100;

    public sealed record Request(string? Sku, int? Quantity);

    public static async Task<IResult> Handle(Request request, Buyer buyer, HttpContext http, ChangeCart cart, ShowCart show)
    {
        var check = new Validation().Text("sku", request.Sku, 1, LongestSku).Range("quantity", request.Quantity ?? 0, 1, CartLimits.MostOfOneSku);
        if (check.Problem is { } problem) return problem;
        return await cart.Run(buyer, http, tx => Put(tx, buyer.Id, request.Sku!, held => held + request.Quantity!.Value, show));
    }

    /// <summary>Sets a SKU that is for sale to a quantity, within the limits.</summary>
    /// <param name="tx">Where.</param>
    /// <param name="cartId">The cart.</param>
    /// <param name="sku">The SKU.</param>
    /// <param name="quantityOf">How many there are to be, given how many there are.</param>
    /// <param name="show">Knows whether the catalogue's copy is whole.</param>
    internal static async Task<IResult?> Put(Transaction tx, Guid cartId, string sku, Func<int, int> quantityOf, ShowCart show)
    {
        if (!await IsForSale(tx, sku))
        {
            show.RequireWholeCopy();
            return Problem.NotFound($"Nothing is for sale under the SKU {sku}.", "sku_not_found");
        }

        var lines = await CartLines.Of(tx, cartId);
        var held = lines.Find(line => line.Sku == sku)?.Quantity ?? 0;
        var quantity = quantityOf(held);
        if (Refusal(held > 0, lines.Count, quantity) is { } refusal) return refusal;
        await CartLines.Set(tx, cartId, sku, quantity);
        return null;
    }

    private static Task<bool> IsForSale(Transaction tx, string sku) =>
        tx.Find<bool>("SELECT for_sale FROM variants WHERE sku = @sku", new { sku });

    private static IResult? Refusal(bool isThere, int lines, int quantity) => new Validation()
        .Require(quantity <= CartLimits.MostOfOneSku, "quantity", $"a cart holds at most {CartLimits.MostOfOneSku} of one SKU")
        .Require(isThere || lines < CartLimits.MostLines, "sku", $"a cart holds at most {CartLimits.MostLines} different SKUs").Problem;
}
