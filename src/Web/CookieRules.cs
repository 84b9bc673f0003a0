namespace Stoa.Web;

/// <summary>
/// How cookies are set: HttpOnly, SameSite=Lax, for the whole site, and Secure unless the site is plain http on the
/// loopback interface. Secure cookies carry the __Host- prefix, which a sibling domain cannot forge (RFC 6265bis).
/// </summary>
public sealed class CookieRules(Uri site, string prefix)
{
    private readonly bool secure = !(site.Scheme == Uri.UriSchemeHttp && site.IsLoopback);

    /// <summary>TLS ends before us: where cookies are Secure, requests came by https, as antiforgery wants to see.</summary>
    public void UseWith(IApplicationBuilder app)
    {
        if (secure) app.Use((context, next) =>
        {
            context.Request.Scheme = Uri.UriSchemeHttps;
            return next(context);
        });
    }

    public string Name(string cookie) => secure ? $"__Host-{prefix}.{cookie}" : $"{prefix}.{cookie}";

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
