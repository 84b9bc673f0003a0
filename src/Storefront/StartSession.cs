namespace Stoa.Storefront;

/// <summary>Makes sure that the visitor is somebody: keeps a session fresh, gives a guest's when one is needed.</summary>
public sealed class StartSession(ShopApi api, Session session, GuestCart guestCart)
{
    /// <returns>False when there is no session and none can be had now.</returns>
    public async Task<bool> AsGuestIfNobody(CancellationToken stop)
    {
        if (session.Exists) return true;
        // A session that cannot be refreshed just now is not thrown away for an empty one.
        if (session.RefreshToken is not null) return false;
        var answer = await api.LogInAsGuest(stop);
        if (answer is { Ok: true, Value: not null }) session.Keep(answer.Value with { User = null });
        return answer.Ok;
    }

    /// <summary>
    /// Logs in; the guest that the visitor was brings cart and orders along (I4, C2). When the carts are down the
    /// guest's token is kept and the merge is tried again when the cart is next looked at.
    /// </summary>
    public async Task<ApiAnswer<Tokens>> LoggedIn(string email, string password, CancellationToken stop)
    {
        var guestToken = guestCart.Token;
        var answer = await WithGuest(guestToken, guest => api.LogIn(email, password, guest, stop));
        if (answer is not { Ok: true, Value: { } tokens }) return answer;
        session.End();
        guestCart.Forget();
        session.Keep(tokens);
        if (guestToken is not null && (await api.MergeCart(guestToken, stop)).IsDown) guestCart.RememberToMerge(guestToken);
        return answer;
    }

    /// <summary>A guest that cannot be brought along (another account's by now) must not keep anyone from logging in.</summary>
    public static async Task<ApiAnswer<T>> WithGuest<T>(string? guestToken, Func<string?, Task<ApiAnswer<T>>> call) where T : class
    {
        var answer = await call(guestToken);
        return answer is { Code: "validation" } && answer.Refusal.Errors?.ContainsKey("guestToken") is true ? await call(null) : answer;
    }

    /// <summary>Before the cart is looked at: the merge that could not be made at login.</summary>
    public async Task CartMerged(CancellationToken stop)
    {
        if (guestCart.ToMerge is not { } guestToken || !session.IsSignedIn) return;
        var answer = await api.MergeCart(guestToken, stop);
        if (!answer.IsDown) guestCart.Forget();
    }
}
