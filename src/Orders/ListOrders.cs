using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Lists a buyer's own orders, newest first; to staff all of them, by status, number, or by whose they are: the e-mail
/// address that they were placed with, or the buyer's id, either of the two where both are given.</summary>
public static class ListOrders
{
    public static async Task<Results<Ok<Page<OrderView>>, ProblemHttpResult>> Handle(
        PageRequest page, Buyer buyer, string? status, string? email, Guid? buyerId, string? number, Database database, CancellationToken stop)
    {
        if (!buyer.IsStaff && ((status ?? email ?? number) is not null || buyerId is not null))
            return Problem.Of(403, "forbidden", "Only staff search orders.");
        var validation = new Validation()
            .Require(status is null || OrderStatus.All.Contains(status), "status", "must be one of " + string.Join(", ", OrderStatus.All))
            .Optional("email", email, 254).Optional("number", number, 20);
        if (validation.Problem is { } invalid) return invalid;

        var before = page.CursorId();
        string[] filters =
        [
            buyer.IsStaff ? "TRUE" : "buyer_id IN @Ids",
            .. Filter(status, "status = @status"),
            .. Filter(email ?? (object?)buyerId, $"({string.Join(" OR ", [.. Filter(email, "LOWER(email) = LOWER(@email)"), .. Filter(buyerId, "buyer_id = @buyerId")])})"),
            .. Filter(number, "number = UPPER(@number)"),
            .. Filter(before, "id < @before"),
        ];
        var rows = await database.Query<Order>(
            $"SELECT * FROM orders WHERE {string.Join(" AND ", filters)} ORDER BY id DESC LIMIT @most",
            new { buyer.Ids, status, email, buyerId, number, before, most = page.Limit + 1 }, stop);
        return TypedResults.Ok(page.Answer(rows, OrderView.Of, order => [order.Id.ToString()]));
    }

    private static string[] Filter(object? given, string condition) => given is null ? [] : [condition];
}
