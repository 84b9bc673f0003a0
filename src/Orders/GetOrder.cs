using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Shows a buyer's own order, or any to staff. When Payments is away the order is shown all the same, with
/// <c>payments</c> null: unknown, not none.</summary>
public static class GetOrder
{
    public static async Task<Results<Ok<OrderDetail>, ProblemHttpResult>> Handle(
        Guid id, Buyer buyer, Database database, PaymentsClient payments, CancellationToken stop)
    {
        var (order, history) = await OrderTable.WithHistory(database, id, stop);
        if (order is null || !(buyer.IsStaff || buyer.Owns(order.BuyerId))) return Problem.NotFound("There is no such order.");
        var detail = new OrderDetail(order, [.. history], await payments.Of(id, stop));
        return TypedResults.Ok(buyer.IsStaff ? detail with { BuyerId = order.BuyerId, History = [.. history] } : detail);
    }
}
