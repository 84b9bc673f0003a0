using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Takes an order to its next state: the same steps for the request that waits and for the runner that comes
/// back (P1). A step begins with an order whose lease is committed, asks one other service outside any transaction, and
/// commits what follows from the answer, unless somebody moved the order meanwhile.
/// <list type="bullet">
/// <item><c>placed</c>: Inventory decides, once (P3): <c>awaiting_payment</c> or <c>rejected</c>.</item>
/// <item><c>closing</c>: Payments arbitrates (P8): <c>cancelled</c> or <c>paid</c>, or it is asked again later.</item>
/// <item><c>refunding</c>: Payments gives all of the money back (P13): <c>refunded</c>, or what the order was before.</item>
/// </list></summary>
public sealed partial class DriveOrder(
    Database database, InventoryClient inventory, PaymentsClient payments, OrdersOptions options, Entropy entropy,
    Lazy<LoopRegistry> loops, ILogger<DriveOrder> log)
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(15);

    /// <summary>Takes the step that the order's state asks for.</summary>
    /// <param name="held">As it was claimed and committed.</param>
    /// <returns>The order as it is now, whoever moved it.</returns>
    /// <exception cref="UnavailableException">Our database is away: the lease runs out and the runner comes back.</exception>
    public Task<Order> Go(Order held) => Step(held, held.Status switch
    {
        OrderStatus.Placed => Reserve,
        OrderStatus.Closing => order => Close(order, mayReopen: false),
        OrderStatus.Refunding or OrderStatus.Refunded => Refund,
        _ => throw new BrokenRuleException($"order {held.Id} is {held.Status}: it has no next step"),
    });

    /// <summary>Closes for somebody who waits for the answer: if a payment is under way and the order still has time, the
    /// cancel is refused and the order awaits its payment as before. That is safe: Payments stores a closure only where
    /// it answers <c>closed</c>, so after <c>in_flight</c> there is nothing to undo there. (A repeated call whose first
    /// try was lost on its way may still close it late: payments are refused then, and the order ends at its pay-by time.)</summary>
    /// <inheritdoc cref="Go"/>
    public Task<Order> Cancel(Order held) =>
        held.Status == OrderStatus.Refunding ? Go(held) : Step(held, order => Close(order, mayReopen: true));

    private async Task<Order> Step(Order held, Func<Order, Task<Order>> step)
    {
        try
        {
            return await StepOrPostpone(held, step);
        }
        catch (OvertakenException)
        {
            return (await OrderTable.Find(database, held.Id, CancellationToken.None))!;
        }
    }

    private async Task<Order> StepOrPostpone(Order held, Func<Order, Task<Order>> step)
    {
        try
        {
            return await step(held);
        }
        catch (UnavailableException away)
        {
            return await database.Write(tx => Postpone(held, away.Message, tx));
        }
    }

    private async Task<Order> Reserve(Order held)
    {
        var reservation = await inventory.Reserve(held);
        return await database.Write(tx => reservation.Decision switch
        {
            Reservation.Reserved or Reservation.Sold => AwaitPayment(held, tx), // sold: only after our restore to an earlier day
            _ => Reject(held, reservation.Shortages, tx), // refused, or (after a restore) released: it can never be held
        });
    }

    private async Task<Order> AwaitPayment(Order held, Transaction tx)
    {
        var order = await tx.Save(held, held.AwaitsPayment(tx.Now + options.PayWithin));
        tx.Append(new OrderAwaitingPayment(order.Id, order.BuyerId, order.Total, order.PayBy!.Value));
        await tx.Answer(PlaceOrder.Scope, order.Id, 201, OrderView.Of(order));
        return order;
    }

    private static async Task<Order> Reject(Order held, Shortage[] shortages, Transaction tx)
    {
        var order = await tx.Save(held, held.Rejects(shortages));
        tx.Append(new OrderRejected(order.Id));
        await tx.Answer(PlaceOrder.Scope, order.Id, 409, PlaceOrder.OutOfStock(order).ProblemDetails);
        return order;
    }

    private async Task<Order> Close(Order held, bool mayReopen)
    {
        var state = await payments.Close(held.Id);
        return await database.Write(tx => state switch
        {
            Closure.Closed => Cancel(held, tx),
            Closure.Paid => SettlePayment.Pay(held, tx),
            _ when mayReopen && held.HasTimeToPay(tx.Now) => tx.Save(held, held.Reopens()),
            _ => Postpone(held, "a payment is in flight", tx),
        });
    }

    private static async Task<Order> Cancel(Order held, Transaction tx)
    {
        var order = await tx.Save(held, held.Cancels());
        tx.Append(new OrderCancelled(order.Id, order.CloseReason!));
        return order;
    }

    /// <summary>The order is held, so nothing ships while Payments is asked. If something else moved it meanwhile (a new refund that
    /// Orders agreed to, an event), the answer may be of yesterday, and the write finds another version.</summary>
    private async Task<Order> Refund(Order held)
    {
        var state = await payments.Refund(held);
        return await database.Write(tx => (held.Status, state) switch
        {
            (OrderStatus.Refunding, RefundProgress.Refunded) => SettlePayment.Refund(held, tx),
            (OrderStatus.Refunding, RefundProgress.UnderWay) or (OrderStatus.Refunded, RefundProgress.Refunded) => tx.Save(held, held.WaitsForRefund()),
            _ => tx.Save(held, held.RefundFails()),
        });
    }

    private async Task<Order> Postpone(Order held, string why, Transaction tx)
    {
        var wait = entropy.BackOff(held.Attempts, FirstBackOff, LongestBackOff);
        var order = await tx.Save(held, held.TriesAgain(tx.Now + wait));
        tx.OnCommitted(() =>
        {
            LogPostponed(log, held.Id, held.Status, why, held.Attempts, wait.TotalMilliseconds);
            loops.Value.Wake(OrderRunner.LoopName);
        });
        return order;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "order {OrderId} stays {Status}: {Why} (try {Attempt}, the next in {WaitMs:0} ms)")]
    private static partial void LogPostponed(ILogger log, Guid orderId, string status, string why, int attempt, double waitMs);
}
