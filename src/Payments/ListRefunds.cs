using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Staff see what was given back, newest first: of all orders or of one.</summary>
public static class ListRefunds
{
    public static async Task<Page<RefundView>> Handle(PageRequest page, Guid? orderId, Database database, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(page);
        var before = page.CursorId();
        string[] filters = [orderId is null ? "TRUE" : "order_id = @orderId", before is null ? "TRUE" : "id < @before"];
        var rows = await database.Query<Refund>(
            $"{Refund.Select} WHERE {string.Join(" AND ", filters)} ORDER BY id DESC LIMIT @most", new { orderId, before, most = page.Limit + 1 }, stop);
        return page.Answer(rows, refund => refund.View(), refund => [refund.Id.ToString()]);
    }

    public static async Task<Results<Ok<RefundView>, ProblemHttpResult>> One(Guid id, Database database, CancellationToken stop) =>
        await Refund.Find(database, id, stop) is { } refund ? TypedResults.Ok(refund.View()) : Problem.NotFound("There is no such refund.");
}
