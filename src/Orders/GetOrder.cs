using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Shows a buyer's own order, or any to staff. When Payments is away the order is shown all the same, with
/// <c>payments</c> null: unknown, not none. One that was paid a moment ago reads so: see <see cref="PaymentNews"/>.</summary>
public static class GetOrder
{
    public static async Task<Results<Ok<OrderDetail>, ProblemHttpResult>> Handle(
        Guid id, Buyer buyer, Database database, PaymentsClient payments, PaymentNews news, TimeProvider clock, CancellationToken stop)
    {
        var order = await OrderTable.Find(database, id, stop);
        if (order is null || !(buyer.IsStaff || buyer.Owns(order.BuyerId))) return Problem.NotFound("There is no such order.");
        var paid = await payments.Of(id, stop);
        if (order.Status == OrderStatus.AwaitingPayment && paid is not null && paid.Any(one => one.Status == PaymentView.Succeeded))
            order = await news.Wait(id, database, clock, stop);

        OrderStep[] history = [.. await OrderTable.HistoryOf(order, database, stop)];
        var detail = new OrderDetail(order, history, paid);
        return TypedResults.Ok(buyer.IsStaff ? detail with { BuyerId = order.BuyerId, History = history } : detail);
    }
}
