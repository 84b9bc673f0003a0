using Microsoft.AspNetCore.Http;

namespace Stoa.Web;

/// <summary>The site's own cookies of this request: what it sets is read back before the answer leaves.</summary>
public sealed class VisitorCookies(IHttpContextAccessor accessor, CookieRules rules)
{
    private readonly HttpContext context = accessor.HttpContext ?? throw new InvalidOperationException("outside a request");
    private readonly Dictionary<string, string?> changed = [];

    public string? Read(string cookie) => changed.TryGetValue(cookie, out var now) ? now : Sent(cookie);

    public void Write(string cookie, string value, TimeSpan life)
    {
        context.Response.Cookies.Append(rules.Name(cookie), value, rules.Options(life));
        changed[cookie] = value;
    }

    public void Delete(string cookie)
    {
        if (Sent(cookie) is null && Read(cookie) is null) return; // an answer begun anew after a fault has lost what was deleted before
        context.Response.Cookies.Delete(rules.Name(cookie), rules.Options(null));
        changed[cookie] = null;
    }

    private string? Sent(string cookie) => context.Request.Cookies[rules.Name(cookie)] is { Length: > 0 } value ? value : null;
}
