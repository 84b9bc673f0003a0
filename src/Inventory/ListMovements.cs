using System.Globalization;
using Stoa.Kernel;

namespace Stoa.Inventory;

/// <summary>Why a SKU's on hand is what it is: its movements, newest first, with who made the adjustments and what they left.</summary>
public static class ListMovements
{
    public sealed record View(string Kind, long Quantity, Guid? OrderId, string? Reason, Guid? MadeBy, long? OnHandAfter, DateTimeOffset At);

    public static async Task<IResult> Handle(string sku, PageRequest page, Database database, CancellationToken stop)
    {
        var (at, cause, kind) = After(page.Cursor);
        var rows = await database.Query<Row>("""
            SELECT cause_id, kind, quantity, reason, made_by, on_hand_after, at FROM movements
            WHERE sku = @sku AND (at, cause_id, kind) < (@at, @cause, @kind)
            ORDER BY at DESC, cause_id DESC, kind DESC LIMIT @most
            """, new { sku, at, cause, kind, most = page.Limit + 1 }, stop);
        return Results.Ok(page.Answer(rows, Show, row =>
            [row.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), row.CauseId.ToString(), row.Kind]));
    }

    private static View Show(Row row) =>
        new(row.Kind, row.Quantity, row.Kind == "adjustment" ? null : row.CauseId, row.Reason, row.MadeBy, row.OnHandAfter, row.At);

    private static (long At, Guid Cause, string Kind) After(string[]? cursor) => cursor switch
    {
        null => (long.MaxValue, Guid.Empty, ""),
        [var at, var cause, var kind] when long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && Guid.TryParse(cause, out var id) => (time, id, kind),
        _ => throw PageRequest.Forged(),
    };

    private sealed record Row(Guid CauseId, string Kind, long Quantity, string? Reason, Guid? MadeBy, long? OnHandAfter, DateTimeOffset At);
}
