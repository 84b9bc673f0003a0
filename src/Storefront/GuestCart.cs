namespace Stoa.Storefront;

/// <summary>The guest that the visitor is, or was until the login: the guest's token brings cart and orders along (I4, C2).</summary>
public sealed class GuestCart(Session session, VisitorCookies cookies)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);

    /// <summary>Null for nobody and for a signed-in shopper.</summary>
    public string? Token => session.IsSignedIn ? null : session.AccessToken;

    /// <summary>A guest's token whose cart has not been merged into the signed-in shopper's yet.</summary>
    public string? ToMerge => cookies.Read("guest");

    public void RememberToMerge(string token) => cookies.Write("guest", token, Life);

    public void Forget() => cookies.Delete("guest");
}
