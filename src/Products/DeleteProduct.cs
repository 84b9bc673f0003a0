using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>Staff take a product out of the catalogue. Its SKUs and its address are free again; the others keep a tombstone (C1).</summary>
public static class DeleteProduct
{
    public static Task<IResult> Handle(Guid id, Buyer staff, HttpContext http, Database database, CancellationToken stop) =>
        database.Write<IResult>(async tx =>
        {
            await Catalogue.Lock(tx);
            if (await StoredProduct.Find(id, tx) is not { } row) return ShowProduct.NotFound();
            if (http.Request.ExpectsAnotherVersion(row)) return ETags.VersionChanged();
            await Search.Forget(row.Number, tx);
            await tx.Execute("DELETE FROM variants WHERE product_number = @Number", new { row.Number });
            await tx.Execute("DELETE FROM product_texts WHERE number = @Number", new { row.Number });
            await tx.Execute("DELETE FROM products WHERE number = @Number", new { row.Number });
            await Catalogue.Categorise(row.Category, null, tx);
            await Catalogue.Note(row.Product, null, staff.Id, tx);
            tx.Append(new ProductDeleted(id, row.Version + 1));
            return Results.NoContent();
        }, stop);
}
