using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Ends an order. One that is not paid is committed as <c>closing</c>, then Payments decides (P8): no payment can
/// follow, or the order is paid, or one is under way and the cancel is refused. One that is paid and has not left, staff end by a
/// full refund: it is committed as <c>refunding</c>, so that it does not ship, then Payments gives the money back (P13). If
/// Payments cannot say in time the answer is 202 with that state: the cancel stands, and the runner goes on with it.</summary>
public static class CancelOrder
{
    public static async Task<Results<Ok<OrderView>, Accepted<OrderView>, ProblemHttpResult>> Handle(
        Guid id, Buyer buyer, Database database, DriveOrder drive, CommittedWork committed, Entropy entropy, CancellationToken stop)
    {
        var refundId = entropy.NewId();
        var (order, taken) = await database.Write(tx => Take(id, buyer, refundId, tx), stop);
        if (order is null) return Problem.NotFound("There is no such order.");
        var gaveBack = taken && order.Status == OrderStatus.Refunding;
        if (taken) await committed.Run(async () => order = await drive.Cancel(order));
        return gaveBack && order.Status == OrderStatus.Paid ? RefundFailed() : Answer(order, buyer.IsStaff);
    }

    /// <summary>Takes the order in hand, also from the request that still places it: its reserve is overtaken, and what it
    /// held is released by <c>order.cancelled</c> (P3). What somebody has in hand to the same end is left to them.</summary>
    private static async Task<(Order? Order, bool Taken)> Take(Guid id, Buyer buyer, Guid refundId, Transaction tx)
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
            case OrderStatus.Paid or OrderStatus.Refunding when buyer.IsStaff && !order.IsHeld(tx.Now):
                return (await tx.Save(order, order.GivesBack(refundId).Claim(tx.Now), buyer.Id), true);
            default:
                return (order, false);
        }
    }

    private static Results<Ok<OrderView>, Accepted<OrderView>, ProblemHttpResult> Answer(Order order, bool toStaff) => order.Status switch
    {
        OrderStatus.Cancelled => TypedResults.Ok(OrderView.Of(order)),
        OrderStatus.Refunded when toStaff && order.RefundedFrom == OrderStatus.Paid => TypedResults.Ok(OrderView.Of(order)),
        OrderStatus.Refunding when toStaff => TypedResults.Accepted($"/api/orders/{order.Id}", OrderView.Of(order)),
        OrderStatus.Closing => TypedResults.Accepted($"/api/orders/{order.Id}", OrderView.Of(order)),
        OrderStatus.AwaitingPayment => Problem.Of(409, "payment_in_flight", "A payment for this order is under way. Try again when it is settled."),
        OrderStatus.Shipped or OrderStatus.Delivered when toStaff => ShipOrder.WrongStatus(order, OrderStatus.Paid),
        OrderStatus.Rejected or OrderStatus.Refunding or OrderStatus.Refunded =>
            Problem.Of(409, "wrong_status", $"This order is {order.Status}: there is nothing to cancel.", new { orderStatus = order.Status }),
        _ => Problem.Of(409, "order_already_paid", "This order is paid."),
    };

    private static ProblemHttpResult RefundFailed() => Problem.Of(409, "refund_failed",
        "The money could not be given back, so the order is paid as before. Look at its refunds, and pay the buyer another way if need be.");
}
