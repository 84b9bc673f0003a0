using System.Net;

namespace Stoa.Storefront;

/// <summary>Where the visitor calls from: the address that the Gateway saw, which it puts last.</summary>
public static class Visitor
{
    public static IPAddress? Address(HttpContext? context) =>
        context?.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim() is { Length: > 0 } last && IPAddress.TryParse(last, out var seen)
            ? seen
            : context?.Connection.RemoteIpAddress;
}
