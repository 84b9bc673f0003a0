using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Stoa.Kernel;

namespace Stoa.Inventory;

/// <summary>What is on the shelf, for staff.</summary>
public static class ShowStock
{
    private const int MostSkus = 100;

    public sealed record View(string Sku, long OnHand, long Reserved, long Available)
    {
        public static View Of(Stock stock) => new(stock.Sku, stock.OnHand, stock.Reserved, stock.Available);
    }

    /// <summary>By SKU; of the named ones where any are named, repeated or separated by commas. Unknown ones are left out.</summary>
    public static async Task<IResult> List([FromQuery] string[]? sku, PageRequest page, Database database, CancellationToken stop)
    {
        string[] named = [.. (sku ?? []).SelectMany(one => one.Split(',')).Where(one => one.Length > 0).Distinct(StringComparer.Ordinal)];
        if (new Validation().Range("sku", named.Length, 0, MostSkus).Problem is { } problem) return problem;
        if (page.Cursor is { Length: not 1 }) throw PageRequest.Forged();
        var rows = await database.Query<Stock>($"""
            SELECT sku, on_hand, reserved, version FROM stock
            WHERE sku > @after {(named.Length > 0 ? "AND sku IN @named" : "")} ORDER BY sku LIMIT @most
            """, new { after = page.Cursor?[0] ?? "", named, most = page.Limit + 1 }, stop);
        return Results.Ok(page.Answer(rows, View.Of, row => [row.Sku]));
    }

    public static async Task<IResult> One(string sku, Database database, HttpContext http, CancellationToken stop)
    {
        var stock = await database.Find<Stock>("SELECT sku, on_hand, reserved, version FROM stock WHERE sku = @sku", new { sku }, stop);
        if (stock is null) return NotFound(sku);
        var tag = ETags.Of(stock.Version);
        http.Response.SetETag(tag);
        return http.Request.HoldsAlready(tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Ok(View.Of(stock));
    }

    public static IResult NotFound(string sku) => Problem.NotFound(string.Create(CultureInfo.InvariantCulture, $"No SKU reads {sku}."), "sku_not_found");
}
