using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>Staff put a product into the catalogue.</summary>
public static class CreateProduct
{
    public static async Task<IResult> Handle(ProductInput input, Buyer staff, StoaOptions options, Entropy entropy, HttpContext http,
        Database database, CancellationToken stop)
    {
        if (input.Check(options.Currency) is { } problem) return problem;
        var (id, draft) = (entropy.NewId(), ProductDraft.Of(input));
        var saved = await database.Write(async tx =>
        {
            await Catalogue.Lock(tx);
            return await SaveProduct.Save(draft, id, null, staff.Id, tx);
        }, stop);
        return saved.Refusal ?? Answer(saved.Row!, http.Response);
    }

    private static ReadyJson Answer(StoredProduct row, HttpResponse response)
    {
        response.SetETag(row.ETag);
        response.Headers.Location = $"/api/products/{row.Id}";
        return new ReadyJson(row.Document, StatusCodes.Status201Created);
    }
}
