using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Tells Payments what it may take for an order, and whether.</summary>
public static class TellAmountDue
{
    public static async Task<Results<Ok<AmountDue>, ProblemHttpResult>> Handle(Guid id, Database database, CancellationToken stop) =>
        await OrderTable.Find(database, id, stop) is { } order
            ? TypedResults.Ok(new AmountDue(order.Id, order.BuyerId, order.Number, order.Status, order.Total, order.PayBy))
            : Problem.NotFound("There is no such order.");
}
