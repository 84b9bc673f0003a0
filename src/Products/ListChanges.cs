using System.Globalization;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>Who changed a product and when, newest first; also of one that is gone.</summary>
public static class ListChanges
{
    public sealed record Change(long Version, string Kind, Guid MadeBy, DateTimeOffset At);

    public static async Task<IResult> Handle(Guid id, PageRequest page, Database database, CancellationToken stop)
    {
        var before = page.Cursor switch
        {
            null => long.MaxValue,
            [var text] when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) => version,
            _ => throw PageRequest.Forged(),
        };
        var rows = await database.Query<Change>("""
            SELECT version, kind, made_by, at FROM product_changes
            WHERE product_id = @id AND version < @before ORDER BY version DESC LIMIT @most
            """, new { id, before, most = page.Limit + 1 }, stop);
        return rows.Count == 0 && page.Cursor is null
            ? ShowProduct.NotFound()
            : Results.Ok(page.Answer(rows, row => row, row => [row.Version.ToString(CultureInfo.InvariantCulture)]));
    }
}
