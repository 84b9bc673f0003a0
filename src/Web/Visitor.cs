using System.Globalization;
using System.Net;

namespace Stoa.Web;

/// <summary>What a request tells of the visitor.</summary>
internal static class Visitor
{
    /// <summary>What is written about what happens here, mails too, is in the language of the pages; where a site has but one,
    /// in those that the browser asks for.</summary>
    public static string? Languages(HttpContext? context) => CultureInfo.CurrentCulture.Name is { Length: > 0 } chosen ? chosen
        : context?.Request.Headers.AcceptLanguage.ToString() is { Length: > 0 } languages ? languages : null;

    /// <summary>Where the visitor calls from: the address that the Gateway saw, which it puts last.</summary>
    public static IPAddress? Address(HttpContext? context) =>
        context?.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim() is { Length: > 0 } last && IPAddress.TryParse(last, out var seen)
            ? seen
            : context?.Connection.RemoteIpAddress;
}
