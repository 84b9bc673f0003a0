namespace Stoa.Storefront;

/// <summary>
/// The visitor's tokens, kept in cookies that no script can read. The access cookie lives as long as its token, so
/// that its absence beside a refresh token means: refresh. The name is for greeting only; nothing is decided by it.
/// </summary>
public sealed class Session(IHttpContextAccessor accessor, CookieRules rules)
{
    private static readonly TimeSpan RefreshLife = TimeSpan.FromDays(30);
    private readonly HttpContext context = accessor.HttpContext ?? throw new InvalidOperationException("outside a request");
    private Changes? changes;

    private sealed record Changes(string? Access, string? Refresh, string? Name, string? CartToMerge);

    private Changes Now => changes ??= new(Read("access"), Read("refresh"), Read("name"), Read("guest"));

    public string? AccessToken => Now.Access;
    public string? RefreshToken => Now.Refresh;
    public string? Name => Now.Name;
    public bool Exists => AccessToken is not null;
    public bool IsSignedIn => Exists && Name is not null;

    /// <summary>The token of the guest that the visitor is; null for nobody and for a signed-in shopper.</summary>
    public string? GuestToken => IsSignedIn ? null : AccessToken;

    /// <summary>A guest's token whose cart has not been merged into the signed-in shopper's yet.</summary>
    public string? CartToMerge => Now.CartToMerge;

    /// <summary>Takes new tokens; at login every cookie of the session before is replaced (no session fixation).</summary>
    public void Keep(Tokens tokens)
    {
        // A little less than the token's life: the page's own calls come after the check.
        Write("access", tokens.AccessToken, TimeSpan.FromSeconds(Math.Max(tokens.ExpiresIn - 30, 5)));
        Write("refresh", tokens.RefreshToken, RefreshLife);
        var name = tokens.User?.Name ?? Name;
        if (name is not null) Write("name", name, RefreshLife);
        changes = Now with { Access = tokens.AccessToken, Refresh = tokens.RefreshToken, Name = name };
    }

    public void Rename(string name)
    {
        Write("name", name, RefreshLife);
        changes = Now with { Name = name };
    }

    public void RememberCartToMerge(string guestToken)
    {
        Write("guest", guestToken, RefreshLife);
        changes = Now with { CartToMerge = guestToken };
    }

    public void ForgetCartToMerge()
    {
        Delete("guest");
        changes = Now with { CartToMerge = null };
    }

    public void End()
    {
        foreach (var cookie in (string[])["access", "refresh", "name", "guest"]) Delete(cookie);
        changes = new(null, null, null, null);
    }

    private string? Read(string cookie) => context.Request.Cookies[rules.Name(cookie)] is { Length: > 0 } value ? value : null;

    private void Write(string cookie, string value, TimeSpan life) =>
        context.Response.Cookies.Append(rules.Name(cookie), value, rules.Options(life));

    private void Delete(string cookie)
    {
        if (context.Request.Cookies.ContainsKey(rules.Name(cookie)))
            context.Response.Cookies.Delete(rules.Name(cookie), rules.Options(null));
    }
}
