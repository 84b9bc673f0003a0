using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>One product, by its id or its slug: one read by a unique index, and no work on the text that goes out.</summary>
public static class ShowProduct
{
    private const string Select = "SELECT version, revision, document FROM products JOIN product_texts USING (number) WHERE ";

    public static async Task<IResult> Handle(string idOrSlug, HttpContext http, Database database, CancellationToken stop)
    {
        var found = Guid.TryParse(idOrSlug, out var id)
            ? await database.Find<Row>(Select + "id = @id", new { id }, stop)
            : await database.Find<Row>(Select + "slug = @idOrSlug", new { idOrSlug }, stop);
        if (found is null) return NotFound();
        var tag = StoredProduct.TagOf(found.Version, found.Revision);
        http.Response.SetETag(tag);
        http.Response.Headers.CacheControl = ReadyJson.Caching;
        return http.Request.HoldsAlready(tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : new ReadyJson(found.Document);
    }

    public static ProblemHttpResult NotFound() => Problem.NotFound("There is no such product.", "product_not_found");

    private sealed record Row(long Version, long Revision, string Document);
}
