using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>The shopper's orders, a guest's too, newest first.</summary>
public static class ListOrders
{
    public static async Task<IResult> Handle(string? cursor, string? placed, ShopApi api, Session session, CancellationToken stop)
    {
        if (!session.Exists)
            return session.RefreshToken is null
                ? Show.Page<OrdersPage>(new { Orders = Array.Empty<Order>(), NextCursor = (string?)null })
                : throw new PartDownException(Texts.PartOrders, 503);
        var page = (await api.Orders(cursor, stop)).Needed(Texts.PartOrders);
        return Show.Page<OrdersPage>(new { Orders = page.Items, page.NextCursor, PlacedAlready = placed is not null });
    }
}
