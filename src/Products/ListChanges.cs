using System.Globalization;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>Who changed what of a product and when, newest first; also of one that is gone.</summary>
public static class ListChanges
{
    /// <summary>One change.</summary>
    /// <param name="Version">The product's from then on.</param>
    /// <param name="Kind"><c>created</c>, <c>changed</c> or <c>deleted</c>.</param>
    /// <param name="MadeBy">The member of staff.</param>
    /// <param name="At">When.</param>
    /// <param name="Differences">What was before and what is after; null for a change older than this record of it.</param>
    public sealed record Change(long Version, string Kind, Guid MadeBy, DateTimeOffset At, FieldChange[]? Differences);

    private sealed record Row(long Version, string Kind, Guid MadeBy, DateTimeOffset At, string? Differences)
    {
        public Change ToChange() => new(Version, Kind, MadeBy, At, Differences is null ? null : Json.Read<FieldChange[]>(Differences));
    }

    public static async Task<IResult> Handle(Guid id, PageRequest page, Database database, CancellationToken stop)
    {
        var before = page.Cursor switch
        {
            null => long.MaxValue,
            [var text] when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) => version,
            _ => throw PageRequest.Forged(),
        };
        var rows = await database.Query<Row>("""
            SELECT version, kind, made_by, at, differences FROM product_changes
            WHERE product_id = @id AND version < @before ORDER BY version DESC LIMIT @most
            """, new { id, before, most = page.Limit + 1 }, stop);
        return rows.Count == 0 && page.Cursor is null
            ? ShowProduct.NotFound()
            : Results.Ok(page.Answer(rows, row => row.ToChange(), row => [row.Version.ToString(CultureInfo.InvariantCulture)]));
    }
}
