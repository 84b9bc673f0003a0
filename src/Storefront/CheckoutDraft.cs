using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Stoa.Storefront;

/// <summary>
/// What was typed at checkout, kept between its steps in a cookie that only we can read, until the browser closes: so
/// that each step is a page of its own, which may be reloaded and gone back to. Nothing is decided by it.
/// </summary>
public sealed class CheckoutDraft(IHttpContextAccessor accessor, CookieRules rules, IDataProtectionProvider protection)
{
    // Browsers drop cookies over 4096 bytes, name and attributes included.
    private const int MostCharacters = 3800;
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IDataProtector _protector = protection.CreateProtector("checkout");
    private readonly string _cookie = rules.Name("checkout");

    private HttpContext Context => accessor.HttpContext ?? throw new InvalidOperationException("outside a request");

    /// <param name="Key">The idempotency key of the order that is being made.</param>
    /// <param name="Typed">The e-mail address and the fields in the order of <see cref="AddressForm"/>.</param>
    /// <param name="Order">The order that was made of it: going back leads to it and not to another one.</param>
    private sealed record Kept(string Key, string[] Typed, Guid? Order);

    /// <returns>The form as it was left, without its items; null when there is none.</returns>
    public CheckoutForm? Read() => Open() is { Typed: [var email, var name, var line1, var line2, var city, var region, var postalCode, var country] } kept
        ? new(kept.Key, [], null, email, new(name, line1, line2, city, region, postalCode, country))
        : null;

    /// <summary>The order that was made of what was kept last.</summary>
    public Guid? Order => Open()?.Order;

    /// <returns>False when it is too long for a cookie.</returns>
    public bool Keep(CheckoutForm form, Guid? order = null)
    {
        var to = form.To;
        string[] typed = [form.Email, to.Name, to.Line1, to.Line2, to.City, to.Region, to.PostalCode, to.Country];
        var text = _protector.Protect(JsonSerializer.Serialize(new Kept(form.Key, typed, order), Compact));
        if (text.Length > MostCharacters) return false;
        Context.Response.Cookies.Append(_cookie, text, rules.Options(null));
        return true;
    }

    public void Forget() => Context.Response.Cookies.Delete(_cookie, rules.Options(null));

    private Kept? Open()
    {
        if (Context.Request.Cookies[_cookie] is not { Length: > 0 } text) return null;
        try
        {
            return JsonSerializer.Deserialize<Kept>(_protector.Unprotect(text));
        }
        catch (CryptographicException)
        {
            return null; // not ours, or of keys that are gone: as if it were not there
        }
    }
}
