using Stoa.Kernel;

namespace Stoa.Inventory;

/// <summary>What was done for an order, for staff: the one decision (P3), and what left the shelf and came back.</summary>
public static class ShowForOrder
{
    /// <param name="Decision"><c>reserved</c>, <c>refused</c>, <c>released</c> or <c>sold</c>.</param>
    /// <param name="DecidedAt">When it became so; of <c>sold</c>, when it was reserved.</param>
    public sealed record View(string Decision, DateTimeOffset DecidedAt, Moved[] Movements);

    /// <param name="Kind"><c>sale</c> or <c>return</c>.</param>
    /// <param name="Quantity">Below 0 what left the shelf.</param>
    public sealed record Moved(string Sku, string Kind, long Quantity, DateTimeOffset At);

    public static Task<IResult> Handle(Guid orderId, Database database, CancellationToken stop) => database.Read<IResult>(async sql =>
    {
        var decided = await sql.Find<Decided>("SELECT decision, decided_at FROM reservations WHERE order_id = @orderId", new { orderId });
        if (decided is null) return Problem.NotFound("Nothing was decided for such an order.");
        var movements = await sql.Query<Moved>("""
            SELECT sku, kind, quantity, at FROM movements WHERE cause_id = @orderId AND kind <> 'adjustment' ORDER BY at, sku
            """, new { orderId });
        return Results.Ok(new View(decided.Decision, decided.DecidedAt, [.. movements]));
    }, stop);

    private sealed record Decided(string Decision, DateTimeOffset DecidedAt);
}
