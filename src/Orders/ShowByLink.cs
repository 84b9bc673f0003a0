using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Shows an order to whoever has the link from a mail about it, also when the guest's session has long ended. It
/// reads this order and does nothing else: paying and cancelling are for its buyer.</summary>
public static class ShowByLink
{
    public static async Task<Results<Ok<OrderDetail>, ProblemHttpResult>> Handle(
        string? token, HttpResponse response, OrderLinks links, Database database, PaymentsClient payments, CancellationToken stop)
    {
        (response.Headers.CacheControl, response.Headers["Referrer-Policy"]) = ("no-store", "no-referrer");
        if (links.Read(token) is not { } id) return NotFound();
        if (await OrderTable.Find(database, id, stop) is not { Email: not null } order) return NotFound();
        var history = await OrderTable.HistoryOf(order, database, stop);
        return TypedResults.Ok(new OrderDetail(order, [.. history], await payments.Of(id, stop)));
    }

    private static ProblemHttpResult NotFound() => Problem.NotFound("This link shows no order, or no longer.");
}
