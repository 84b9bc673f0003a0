using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Tells Notifications what a message about an order says, asked when the message is written, because events
/// carry no personal data (E8).</summary>
public static class TellForMessage
{
    public static async Task<Results<Ok<OrderMessage>, ProblemHttpResult>> Handle(Guid id, Database database, OrderLinks links, CancellationToken stop) =>
        await database.Find<Order>("SELECT * FROM orders WHERE id = @id", new { id }, stop) is { } order
            ? TypedResults.Ok(Of(order, OrderView.Of(order), links))
            : Problem.NotFound("There is no such order.");

    private static OrderMessage Of(Order order, OrderView view, OrderLinks links) => new(
        order.Id, order.Number, order.BuyerId, order.Email, order.Address?.Name, order.Status,
        [.. order.Lines.Select(line => new OrderMessageLine(line.Sku, line.Name, line.Quantity, line.LineTotal))],
        view.Subtotal, view.Shipping, view.Tax, view.Total, order.Address?.Lines ?? [],
        order.Language, order.Status == OrderStatus.AwaitingPayment ? order.PayBy : null, order.Carrier, order.TrackingNumber, links.For(order));
}
