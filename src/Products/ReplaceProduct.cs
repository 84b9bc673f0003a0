using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>Staff change a product: what they send is all of it from now on. What is so already makes no new version.</summary>
public static class ReplaceProduct
{
    public static async Task<IResult> Handle(Guid id, ProductInput input, Buyer staff, StoaOptions options, HttpContext http,
        Database database, CancellationToken stop)
    {
        if (input.Check(options.Currency) is { } problem) return problem;
        var draft = ProductDraft.Of(input);
        var saved = await database.Write(async tx =>
        {
            await Catalogue.Lock(tx);
            if (await StoredProduct.Find(id, tx) is not { } before) return new SaveProduct.Outcome(ShowProduct.NotFound(), null, false);
            if (http.Request.ExpectsAnotherVersion(before)) return new SaveProduct.Outcome(ETags.VersionChanged(), null, false);
            return await SaveProduct.Save(draft, id, before, staff.Id, tx);
        }, stop);
        if (saved.Refusal is { } refusal) return refusal;
        http.Response.SetETag(saved.Row!.ETag);
        return new ReadyJson(saved.Row.Document);
    }

    /// <summary>Whether <c>If-Match</c> names another version. What is in stock changes the answer and its tag, but is no
    /// change that an editor could lose: only the tag's first part counts, and the bare version is a tag too.</summary>
    public static bool ExpectsAnotherVersion(this HttpRequest request, StoredProduct row)
    {
        var version = ETags.Of(row.Version);
        return request.ExpectsAnother(row.ETag) && request.ExpectsAnother(version)
            && !request.Headers.IfMatch.ToString().Contains($"\"{row.Version}-", StringComparison.Ordinal);
    }
}
