using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>One order, for whoever came by the link in a mail about it: to look at. A visitor whose own it is goes on to the
/// page where it can also be paid or cancelled.</summary>
public static class ShowOrderByLink
{
    public static async Task<IResult> Handle(string? token, ShopApi api, Session session, CancellationToken stop)
    {
        var answer = await api.OrderByLink(token ?? "", stop);
        if (answer.Status is 404) return Show.Page<LinkEndedPage>(new { Text = Texts.OrderLinkEnded }, 404);
        var order = answer.Needed(Texts.PartOrder);
        if (session.Exists && (await api.Order(order.Id, stop)).Ok) return Show.Next($"/orders/{order.Id}");
        return Show.Page<OrderPage>(new { Order = order, Payment = order.Payments?.MaxBy(payment => payment.CreatedAt), ByLink = true });
    }
}
