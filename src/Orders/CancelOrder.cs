using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Ends an order that is not paid. The order is committed as <c>closing</c>, then Payments decides (P8): no
/// payment can follow, or the order is paid, or one is under way and the cancel is refused. If Payments cannot say in
/// time the answer is 202 with the order <c>closing</c>: the cancel stands, and the runner goes on with it.</summary>
public static class CancelOrder
{
    public static async Task<Results<Ok<OrderView>, Accepted<OrderView>, ProblemHttpResult>> Handle(
        Guid id, Buyer buyer, Database database, DriveOrder drive, CommittedWork committed, CancellationToken stop)
    {
        var (order, taken) = await database.Write(tx => Take(id, buyer, tx), stop);
        if (order is null) return Problem.NotFound("There is no such order.");
        if (taken) await committed.Run(async () => order = await drive.Cancel(order));
        return Answer(order);
    }

    /// <summary>Takes the order in hand, also from the request that still places it: its reserve is overtaken, and what it
    /// held is released by <c>order.cancelled</c> (P3). A closing that somebody has in hand is left to them.</summary>
    private static async Task<(Order? Order, bool Taken)> Take(Guid id, Buyer buyer, Transaction tx)
    {
        var order = await tx.ToDecide(id);
        if (order is null || !(buyer.Owns(order.BuyerId) || buyer.IsStaff)) return (null, false);
        switch (order.Status)
        {
            case OrderStatus.Closing when !order.IsHeld(tx.Now):
                return (await tx.Save(order, order.Claim(tx.Now)), true);
            case OrderStatus.Placed or OrderStatus.AwaitingPayment:
                var byBuyer = buyer.Owns(order.BuyerId);
                var closing = order.Closes(byBuyer ? CloseReason.Buyer : CloseReason.Staff).Claim(tx.Now);
                return (await tx.Save(order, closing, byBuyer ? null : buyer.Id), true);
            default:
                return (order, false);
        }
    }

    private static Results<Ok<OrderView>, Accepted<OrderView>, ProblemHttpResult> Answer(Order order) => order.Status switch
    {
        OrderStatus.Cancelled => TypedResults.Ok(OrderView.Of(order)),
        OrderStatus.Closing => TypedResults.Accepted($"/api/orders/{order.Id}", OrderView.Of(order)),
        OrderStatus.AwaitingPayment => Problem.Of(409, "payment_in_flight", "A payment for this order is under way. Try again when it is settled."),
        OrderStatus.Rejected or OrderStatus.Refunded => Problem.Of(409, "wrong_status", $"This order is {order.Status}: there is nothing to cancel."),
        _ => Problem.Of(409, "order_already_paid", "This order is paid."),
    };
}
