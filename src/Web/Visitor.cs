using System.Net;

namespace Stoa.Web;

/// <summary>What a request tells of the visitor.</summary>
internal static class Visitor
{
    /// <summary>The languages that the visitor reads, as the browser sends them: mails about what is ordered here are in them.</summary>
    public static string? Languages(HttpContext? context) => context?.Request.Headers.AcceptLanguage.ToString() is { Length: > 0 } languages ? languages : null;

    /// <summary>Where the visitor calls from: the address that the Gateway saw, which it puts last.</summary>
    public static IPAddress? Address(HttpContext? context) =>
        context?.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim() is { Length: > 0 } last && IPAddress.TryParse(last, out var seen)
            ? seen
            : context?.Connection.RemoteIpAddress;
}
