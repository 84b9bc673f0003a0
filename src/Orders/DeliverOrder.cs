using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>A shipped order reached its buyer.</summary>
public static class DeliverOrder
{
    public static Task<Results<Ok<OrderView>, ProblemHttpResult>> Handle(Guid id, Buyer buyer, Database database, CancellationToken stop) =>
        database.Write<Results<Ok<OrderView>, ProblemHttpResult>>(async tx =>
        {
            var order = await tx.ToDecide(id);
            if (order is null) return Problem.NotFound("There is no such order.");
            if (order.Status != OrderStatus.Shipped) return ShipOrder.WrongStatus(order, OrderStatus.Shipped);
            tx.Append(new OrderDelivered(id));
            return TypedResults.Ok(OrderView.Of(await tx.Save(order, order.Delivers(), buyer.Id)));
        }, stop);
}
