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
        return await cart.Run(buyer, http, tx => Add(tx, buyer.Id, request.Sku!, request.Quantity!.Value, show));
    }

    /// <summary>Sets a SKU that is for sale to a quantity, within the limits.</summary>
    internal static async Task<IResult?> Put(Transaction tx, Guid cartId, string sku, int quantity, ShowCart show)
    {
        if (!await IsForSale(tx, sku))
        {
            show.RequireWholeCopy();
            return Problem.NotFound($"Nothing is for sale under the SKU {sku}.", "sku_not_found");
        }

        if (Refusal(await CartLines.Of(tx, cartId) is var lines && lines.Any(line => line.Sku == sku), lines.Count, quantity) is { } refusal) return refusal;
        await CartLines.Set(tx, cartId, sku, quantity);
        return null;
    }

    private static async Task<IResult?> Add(Transaction tx, Guid cartId, string sku, int quantity, ShowCart show)
    {
        var held = await tx.Find<int>("SELECT quantity FROM cart_lines WHERE cart_id = @cartId AND sku = @sku", new { cartId, sku });
        return await Put(tx, cartId, sku, held + quantity, show);
    }

    private static Task<bool> IsForSale(Transaction tx, string sku) =>
        tx.Find<bool>("SELECT for_sale FROM variants WHERE sku = @sku", new { sku });

    private static IResult? Refusal(bool isThere, int lines, int quantity) => new Validation()
        .Require(quantity <= CartLimits.MostOfOneSku, "quantity", $"a cart holds at most {CartLimits.MostOfOneSku} of one SKU")
        .Require(isThere || lines < CartLimits.MostLines, "sku", $"a cart holds at most {CartLimits.MostLines} different SKUs").Problem;
}
