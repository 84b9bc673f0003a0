using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>Orders, newest first, by number, e-mail address or state. A number leads straight to its order.</summary>
public static class FindOrders
{
    public static IResult Home() => Show.Next(Office.Path + "/orders?status=paid");

    public static async Task<IResult> Handle(string? q, string? status, string? cursor, OfficeApi api, CancellationToken stop)
    {
        var search = OrderSearch.From(q, status, cursor);
        if (search.ByEmail) search = search with { BuyerId = (await api.Customers(search.Text, stop)).Value?.Items.FirstOrDefault()?.Id };
        var answer = await api.Orders(search, stop);
        if (answer is { Code: "validation" or "malformed" }) return Show.Page<OrdersPage>(new { Search = search, Found = new ListPage<Order>([], null) }, answer.Status);
        var found = answer.Needed("The list of orders");
        return search.ByNumber && found.Items is [var only]
            ? Show.Next($"{Office.Path}/orders/{only.Id}")
            : Show.Page<OrdersPage>(new { Search = search, Found = found });
    }
}
