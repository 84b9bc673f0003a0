namespace Stoa.Storefront;

/// <summary>Ends the session here, and at Users as far as it answers.</summary>
public static class LogOut
{
    public static async Task<IResult> Handle(ShopApi api, Session session, GuestCart guestCart, CheckoutDraft draft, CancellationToken stop)
    {
        if (session.Exists) await api.LogOut(stop);
        session.End();
        guestCart.Forget();
        draft.Forget();
        return Show.Next("/");
    }
}
