using Microsoft.AspNetCore.ResponseCompression;

namespace Stoa.Web;

/// <summary>
/// Pages and what belongs to them go out compressed. What a page of ours repeats of its address cannot be used to guess
/// the rest of it by its length (BREACH): no other site gets a page of a visitor's (SameSite cookies), and the forms'
/// tokens are masked anew in each.
/// </summary>
internal static class Compression
{
    public static void Choose(ResponseCompressionOptions options)
    {
        options.EnableForHttps = true;
        options.MimeTypes = ["text/html", "text/css", "text/javascript", "application/xml", "image/svg+xml"];
    }
}
