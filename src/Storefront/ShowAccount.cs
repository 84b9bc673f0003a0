using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>The shopper's account: who we think they are, and their latest orders.</summary>
public static class ShowAccount
{
    public static async Task<IResult> Handle(string? saved, string? mail, ShopApi api, Session session, CancellationToken stop) =>
        session.IsSignedIn ? await View(api, new AccountPage.Outcome(Saved: saved is not null, Mail: mail), 200, stop) : Show.Next("/login?returnUrl=/account");

    /// <summary>The account with what became of the form that was sent.</summary>
    public static async Task<IResult> View(ShopApi api, AccountPage.Outcome outcome, int status, CancellationToken stop)
    {
        var me = (await api.Me(stop)).Needed(Texts.YourAccount);
        var orders = await api.Orders(null, stop);
        return Show.Page<AccountPage>(new { Me = me, Orders = orders.Value?.Items.Take(3).ToArray(), Became = outcome }, status);
    }
}
