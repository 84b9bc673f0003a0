using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>The buyer's own payments, and for Orders those of an order. A look at a payment that waits for the bank makes us
/// ask the provider soon, so that a buyer who comes back from the bank's page sees the end of it.</summary>
public static class GetPayment
{
    public static async Task<IResult> One(Guid id, Buyer buyer, Database database, LoopRegistry loops, TimeProvider clock, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(buyer);
        var attempt = await database.Find<Attempt>(
            Attempt.Select + " JOIN payable_orders o ON o.order_id = a.order_id WHERE a.id = @id AND o.buyer_id IN @Ids", new { id, buyer.Ids }, stop);
        if (attempt is null) return Problem.NotFound("There is no such payment.");
        await Hasten(attempt, database, loops, clock, stop);
        return TypedResults.Ok(attempt.View());
    }

    public static async Task<Ok<Page<PaymentView>>> OfOrder(
        Guid orderId, PageRequest page, Buyer buyer, Database database, LoopRegistry loops, TimeProvider clock, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(buyer);
        var attempts = await database.Query<Attempt>(Attempt.Select + """
             JOIN payable_orders o ON o.order_id = a.order_id
            WHERE a.order_id = @orderId AND o.buyer_id IN @Ids AND (@before IS NULL OR a.id < @before) ORDER BY a.id DESC LIMIT @limit
            """, new { orderId, buyer.Ids, before = page.CursorId(), limit = page.Limit + 1 }, stop);
        if (attempts.Find(one => one.IsUnfinished) is { } open) await Hasten(open, database, loops, clock, stop);
        return TypedResults.Ok(page.Answer(attempts, one => one.View(), one => [one.Id.ToString()]));
    }

    public static async Task<PaymentView[]> ForOrders(Guid orderId, Database database, CancellationToken stop) =>
        [.. (await database.Query<Attempt>(Attempt.Select + " WHERE a.order_id = @orderId ORDER BY a.id DESC", new { orderId }, stop)).Select(one => one.View())];

    private static async Task Hasten(Attempt attempt, Database database, LoopRegistry loops, TimeProvider clock, CancellationToken stop)
    {
        if (PaymentRules.MayHasten(attempt, clock.GetUtcNow())) await database.Write(tx => RecoverAttempts.Hasten(tx, attempt, loops), stop);
    }
}
