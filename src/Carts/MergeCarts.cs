using Stoa.Kernel;

namespace Stoa.Carts;

/// <summary>Moves a guest's lines into the cart of the shopper that the guest became, in one transaction (C2): the
/// guest's cart is empty afterwards, so that a second merge adds nothing. A guest's token serves for 30 days after its
/// end; one's own token and a shopper's are refused.</summary>
public static class MergeCarts
{
    public sealed record Request(string? GuestToken);

    public static async Task<IResult> Handle(Request request, Buyer buyer, HttpContext http, ChangeCart cart, GuestTokens guestTokens, CancellationToken stop)
    {
        var guestId = request.GuestToken is { } token ? await guestTokens.Check(token, stop) : null;
        if (guestId is null || guestId == buyer.Id) return new Validation().Require(false, "guestToken", "must be the access token of another, a guest").Problem!;
        if (buyer.IsGuest) return Problem.Of(403, "forbidden", "Log in to take over a guest's cart.");
        return await cart.Run(buyer, http, async tx =>
        {
            await Move(tx, guestId.Value, buyer.Id);
            return null;
        });
    }

    private static async Task Move(Transaction tx, Guid guestId, Guid shopperId)
    {
        if (await tx.Find<Guid?>("SELECT id FROM carts WHERE id = @guestId" + tx.Lock, new { guestId }) is null) return;
        var joined = CartLimits.Join(await CartLines.Of(tx, shopperId), await CartLines.Of(tx, guestId));
        foreach (var line in joined) await CartLines.Set(tx, shopperId, line.Sku, line.Quantity);
        await CartLines.KeepSeenPrices(tx, guestId, shopperId);
        await CartLines.RemoveAll(tx, guestId);
        await tx.Execute("UPDATE carts SET merged_into = @shopperId WHERE id = @guestId", new { shopperId, guestId });
        await ChangeCart.Touch(tx, guestId);
    }
}
