using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>Tells the Gateway's cache which of its products are still as it knows them: one read for hundreds.</summary>
public static class ConfirmProducts
{
    public static async Task<IResult> Handle(HeldProduct[] held, Database database, CancellationToken stop)
    {
        if (held.Length > HeldProduct.Most) return Problem.Validation(new Dictionary<string, string[]> { ["body"] = [$"No more than {HeldProduct.Most} at a time."] });
        var sql = "SELECT slug, version, revision FROM products WHERE slug IN " + (database.Dialect.Name == "sqlite"
            ? "(SELECT value FROM json_each(@slugs))"
            : "(SELECT jsonb_array_elements_text(@slugs::jsonb))");
        var tags = (await database.Query<Row>(sql, new { slugs = Json.Write(held.Select(one => one.Slug)) }, stop))
            .ToDictionary(row => row.Slug, row => StoredProduct.TagOf(row.Version, row.Revision), StringComparer.Ordinal);
        return Results.Ok(held.Where(one => tags.GetValueOrDefault(one.Slug) == one.Tag).Select(one => one.Slug));
    }

    private sealed record Row(string Slug, long Version, long Revision);
}
