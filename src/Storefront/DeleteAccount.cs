using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>Forgets a shopper, after a page that says what that means.</summary>
public static class DeleteAccount
{
    public static IResult Form(Session session) =>
        session.IsSignedIn ? Show.Page<DeleteAccountPage>() : Show.Next("/login?returnUrl=/account");

    public static async Task<IResult> Handle(ShopApi api, Session session, CancellationToken stop)
    {
        if (!session.IsSignedIn) return Show.Next("/login?returnUrl=/account");
        var answer = await api.DeleteAccount(stop);
        if (!answer.Ok) throw new PartDownException(Texts.YourAccount, answer.Status);
        session.End();
        return Show.Page<DeleteAccountPage>(new { Done = true });
    }
}
