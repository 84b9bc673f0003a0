namespace Stoa.Storefront;

/// <summary>Ends the session here, and at Users as far as it answers.</summary>
public static class LogOut
{
    public static async Task<IResult> Handle(ShopApi api, Session session, CheckoutDraft draft, CancellationToken stop)
    {
        if (session.Exists) await api.LogOut(stop);
        session.End();
        draft.Forget();
        return Show.Next("/");
    }
}
