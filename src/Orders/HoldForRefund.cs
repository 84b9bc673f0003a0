using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Payments is about to give all of an order's money back, and asks. Orders decides refund against ship (P13): a paid order
/// does not ship from here on; one that has shipped has shipped, and is refunded without its goods. Asking again changes nothing
/// but the version, which tells a step under way that it was overtaken.</summary>
public static class HoldForRefund
{
    public static Task<Results<Ok<RefundHold>, ProblemHttpResult>> Handle(Guid id, RefundRequest request, Database database, CancellationToken stop) =>
        database.Write<Results<Ok<RefundHold>, ProblemHttpResult>>(async tx =>
        {
            var order = await tx.ToDecide(id);
            if (order is null) return Problem.NotFound("There is no such order.");
            // Payments has the money already; the event that tells of it is on its way here.
            if (order.Status is OrderStatus.Placed or OrderStatus.AwaitingPayment or OrderStatus.Closing) return ShipOrder.WrongStatus(order, OrderStatus.Paid);
            if (order.Status is OrderStatus.Paid or OrderStatus.Refunding) order = await tx.Save(order, order.GivesBack(request.RefundId));
            return TypedResults.Ok(new RefundHold(order.Status));
        }, stop);
}
