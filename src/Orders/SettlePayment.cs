using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>What Payments booked becomes the order's state. Each is a move from a state that it leaves, so a log that is
/// read again changes nothing (E5).</summary>
public static class SettlePayment
{
    public static async Task Handle(PaymentSucceeded payment, Transaction tx, PaymentNews news)
    {
        if (payment.AfterClosure) return; // Payments gives it back in full by itself (P11)
        var order = await Find(payment.OrderId, tx);
        if (order.Status is OrderStatus.AwaitingPayment or OrderStatus.Closing)
        {
            await Pay(order, tx);
            tx.OnCommitted(() => news.Tell(order.Id));
        }
        else if (order.Status is OrderStatus.Placed or OrderStatus.Rejected or OrderStatus.Cancelled)
            throw new BrokenRuleException($"payment {payment.PaymentId} succeeded for order {order.Id}, which is {order.Status}");
    }

    /// <summary>Only the whole amount makes an order refunded (P13).</summary>
    public static async Task Handle(PaymentRefunded refund, Transaction tx)
    {
        if (!refund.Whole) return;
        var order = await Find(refund.OrderId, tx);
        if (order.Status is OrderStatus.Paid or OrderStatus.Refunding or OrderStatus.Shipped or OrderStatus.Delivered) await Refund(order, tx);
        // Others: P11's refunds of closed orders, and what a log that is read again tells of those refunded already.
    }

    /// <summary>Whether the order can still be refunded in full depends on what else is under way by now: the runner asks
    /// Payments, and moves the order only if nobody did meanwhile.</summary>
    public static async Task Handle(PaymentRefundFailed failed, Transaction tx)
    {
        var order = await Find(failed.OrderId, tx);
        if (order.Status is OrderStatus.Refunding or OrderStatus.Refunded) await tx.Save(order, order.TriesAgain(tx.Now));
    }

    /// <summary>All of the order's money has gone back; its goods go back on the shelf unless they have left (P13).</summary>
    public static async Task<Order> Refund(Order read, Transaction tx)
    {
        var order = await tx.Save(read, read.Refunds());
        tx.Append(new OrderRefunded(order.Id, ReturnsStock: order.RefundedFrom == OrderStatus.Paid));
        return order;
    }

    /// <summary>The order is paid: by the event, or by the arbiter's word when a closure came too late (P8).</summary>
    public static async Task<Order> Pay(Order read, Transaction tx)
    {
        var order = await tx.Save(read, read.Pays());
        SkuQuantity[] lines = [.. order.Lines.Select(line => new SkuQuantity(line.Sku, line.Quantity))];
        tx.Append(new OrderPaid(order.Id, order.BuyerId, order.CartId, lines, order.Total));
        return order;
    }

    private static async Task<Order> Find(Guid id, Transaction tx) =>
        await tx.ToDecide(id) ?? throw new BrokenRuleException($"Payments tells of order {id}, which does not exist");
}
