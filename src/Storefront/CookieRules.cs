namespace Stoa.Storefront;

/// <summary>
/// How cookies are set: HttpOnly, SameSite=Lax, for the whole site, and Secure unless the shop is plain http on the
/// loopback interface. Secure cookies carry the __Host- prefix, which a sibling domain cannot forge (RFC 6265bis).
/// </summary>
public sealed class CookieRules(Uri shop)
{
    private readonly bool secure = !(shop.Scheme == Uri.UriSchemeHttp && shop.IsLoopback);

    /// <summary>TLS ends before us: where cookies are Secure, requests came by https, as antiforgery wants to see.</summary>
    public void UseWith(WebApplication app)
    {
        if (secure) app.Use((context, next) =>
        {
            context.Request.Scheme = Uri.UriSchemeHttps;
            return next(context);
        });
    }

    public string Name(string cookie) => secure ? $"__Host-stoa.{cookie}" : $"stoa.{cookie}";

    /// <summary>The same rules for a cookie that the framework writes itself.</summary>
    public void Set(CookieBuilder cookie, string name)
    {
        (cookie.Name, cookie.Path) = (Name(name), "/");
        (cookie.HttpOnly, cookie.SameSite, cookie.IsEssential) = (true, SameSiteMode.Lax, true);
        cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
    }

    public CookieOptions Options(TimeSpan? life) => new()
    {
        HttpOnly = true,
        Secure = secure,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = life,
        IsEssential = true,
    };
}
