using Stoa.Kernel;

namespace Stoa.Carts;

/// <summary>What all changes of a cart share: it is the caller's own, <c>If-Match</c> holds, its version grows, and the
/// answer is the cart as the same transaction left it.</summary>
public sealed class ChangeCart(Database database, ShowCart show)
{
    /// <param name="buyer">The caller, whose cart it is.</param>
    /// <param name="http">The request, for <c>If-Match</c>, and its answer's headers.</param>
    /// <param name="change">Writes the lines, or answers why not.</param>
    internal async Task<IResult> Run(Buyer buyer, HttpContext http, Func<Transaction, Task<IResult?>> change)
    {
        var (refusal, cart) = await database.Write(async tx =>
        {
            var version = await Open(tx, buyer);
            if (http.Request.ExpectsAnother(ETags.Of(version))) return (ETags.VersionChanged(), null);
            if (await change(tx) is { } refused) return (refused, null);
            await Touch(tx, buyer.Id);
            return ((IResult?)null, (CartView?)await show.Read(tx, buyer.Id));
        }, http.RequestAborted);
        return cart is null ? refusal! : ShowCart.Answer(cart, http.Response);
    }

    /// <summary>Notes that a cart's lines changed.</summary>
    internal static Task Touch(Transaction tx, Guid cartId) =>
        tx.Execute("UPDATE carts SET version = version + 1, changed_at = @Now WHERE id = @cartId", new { tx.Now, cartId });

    private static async Task<long> Open(Transaction tx, Buyer buyer)
    {
        await tx.Execute("INSERT INTO carts (id, version, is_guest, changed_at) VALUES (@Id, 0, @IsGuest, @Now) ON CONFLICT DO NOTHING",
            new { buyer.Id, buyer.IsGuest, tx.Now });
        return await tx.Scalar<long>("SELECT version FROM carts WHERE id = @Id" + tx.Lock, new { buyer.Id });
    }
}
