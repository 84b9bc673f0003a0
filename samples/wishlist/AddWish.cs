using Stoa.Kernel;

namespace Stoa.Wishlist;

/// <summary>Remembers a SKU for a shopper. Wished for twice, it stands there once.</summary>
public static class AddWish
{
    private const int MostWishes = 100;

    public static Task<IResult> Handle(string sku, Buyer buyer, Database database, Subscriptions copies, CancellationToken stop) =>
        database.Write(tx => Add(sku, buyer, copies, tx), stop);

    private static async Task<IResult> Add(string sku, Buyer buyer, Subscriptions copies, Transaction tx)
    {
        if (await tx.Find<string>("SELECT sku FROM variants WHERE sku = @sku AND for_sale", new { sku }) is null)
        {
            // Before the copy was once as new as the catalogue, what it does not know may exist all the same (C1).
            if (!copies.ReachedHead("products", Program.Copy)) throw new UnavailableException("products");
            return Problem.NotFound($"Nothing is for sale under the SKU {sku}.", "sku_not_found");
        }

        await tx.LockName($"wishes of {buyer.Id}"); // so that two at once do not both find room for one
        if (await tx.Find<string>("SELECT sku FROM wishes WHERE sku = @sku AND owner_id IN @Ids", new { sku, buyer.Ids }) is not null) return Results.NoContent();
        if (await tx.Scalar<int>("SELECT COUNT(*) FROM wishes WHERE owner_id IN @Ids", new { buyer.Ids }) >= MostWishes)
            return new Validation().Require(false, "sku", $"a wishlist holds at most {MostWishes} SKUs").Problem!;
        await tx.Execute("INSERT INTO wishes (owner_id, sku, wished_at) VALUES (@Id, @sku, @Now)", new { buyer.Id, sku, tx.Now });
        return Results.NoContent();
    }
}
