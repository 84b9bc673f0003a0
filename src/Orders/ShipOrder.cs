using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>A paid order left the house. It and a refund exclude each other: whichever commits first stands (P13).</summary>
public static class ShipOrder
{
    public sealed record Request(string? Carrier, string? TrackingNumber);

    public static async Task<Results<Ok<OrderView>, ProblemHttpResult>> Handle(
        Guid id, Request request, Buyer buyer, Database database, CancellationToken stop)
    {
        var validation = new Validation().Text("carrier", request.Carrier, 1, 100).Text("trackingNumber", request.TrackingNumber, 1, 100);
        if (validation.Problem is { } invalid) return invalid;
        return await database.Write<Results<Ok<OrderView>, ProblemHttpResult>>(async tx =>
        {
            var order = await tx.ToDecide(id);
            if (order is null) return Problem.NotFound("There is no such order.");
            if (order.Status != OrderStatus.Paid) return WrongStatus(order, OrderStatus.Paid);
            tx.Append(new OrderShipped(id));
            return TypedResults.Ok(OrderView.Of(await tx.Save(order, order.Ships(request.Carrier!.Trim(), request.TrackingNumber!.Trim()), buyer.Id)));
        }, stop);
    }

    /// <summary>409: the order is not in the state that this needs.</summary>
    public static ProblemHttpResult WrongStatus(Order order, string needed) =>
        Problem.Of(409, "wrong_status", $"This order is {order.Status}, not {needed}.", new { orderStatus = order.Status });
}
