using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>The shopper's account: who we think they are, and their latest orders.</summary>
public static class ShowAccount
{
    public static async Task<IResult> Handle(string? saved, string? mail, ShopApi api, Session session, CancellationToken stop)
    {
        if (!session.IsSignedIn) return Show.Next("/login?returnUrl=/account");
        var me = (await api.Me(stop)).Needed("Your account");
        var orders = await api.Orders(null, stop);
        return Show.Page<AccountPage>(new { Me = me, Orders = orders.Value?.Items.Take(3).ToArray(), Saved = saved is not null, Mail = mail });
    }
}
