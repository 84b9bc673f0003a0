using Stoa.Kernel;

namespace Stoa.Wishlist;

/// <summary>Forgets a wish. What is not there is gone already.</summary>
public static class RemoveWish
{
    public static async Task<IResult> Handle(string sku, Buyer buyer, Database database, CancellationToken stop)
    {
        await database.Write(tx => tx.Execute("DELETE FROM wishes WHERE sku = @sku AND owner_id IN @Ids", new { sku, buyer.Ids }), stop);
        return Results.NoContent();
    }
}
