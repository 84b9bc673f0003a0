using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Tells Notifications what messages about orders say, asked when they are written, because events carry no
/// personal data (E8).</summary>
public static class TellForMessages
{
    public static async Task<IResult> Handle(Guid[] id, Database database, OrderLinks links, CancellationToken stop) => id.Length > OrderMessage.MostAtOnce
        ? Problem.Validation(new Dictionary<string, string[]> { ["id"] = [$"No more than {OrderMessage.MostAtOnce} at a time."] })
        : Results.Ok((await database.Query<Order>("SELECT * FROM orders WHERE id IN @id", new { id }, stop)).Select(order => Of(order, OrderView.Of(order), links)));

    private static OrderMessage Of(Order order, OrderView view, OrderLinks links) => new(
        order.Id, order.Number, order.BuyerId, order.Email, order.Address?.Name, order.Status,
        [.. order.Lines.Select(line => new OrderMessageLine(line.Sku, line.Name, line.Quantity, line.LineTotal))],
        view.Subtotal, view.Shipping, view.Tax, view.Total, order.Address?.Lines ?? [],
        order.Language, order.Status == OrderStatus.AwaitingPayment ? order.PayBy : null, order.Carrier, order.TrackingNumber, links.For(order));
}
