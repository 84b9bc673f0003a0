using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Carts;

/// <summary>Removes carts that nobody can come back to: an erased user's at once, a guest's 90 days after its last change
/// (a session lives 30 days, and its last token proves the guest for 30 more).</summary>
public sealed class ForgetCarts(Database database) : ILoop
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);
    private static readonly TimeSpan Rests = TimeSpan.FromMinutes(10);

    public string Name => "old-carts";

    public static Task Erased(UserErased user, Transaction tx) => Remove(tx, [user.UserId]);

    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        var old = await database.Write(async tx =>
        {
            var carts = await tx.Query<Guid>("SELECT id FROM carts WHERE is_guest AND changed_at < @before LIMIT @AtOnce",
                new { before = tx.Now - Kept, AtOnce });
            if (carts.Count > 0) await Remove(tx, carts);
            return carts.Count;
        }, stop);
        return old == AtOnce ? TimeSpan.Zero : Rests;
    }

    private static async Task Remove(Transaction tx, IReadOnlyList<Guid> carts)
    {
        await tx.Execute("DELETE FROM cart_lines WHERE cart_id IN @carts", new { carts });
        await tx.Execute("DELETE FROM carts WHERE id IN @carts", new { carts });
    }
}
