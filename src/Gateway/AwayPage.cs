using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Stoa.Kernel;

namespace Stoa.Gateway;

/// <summary>What a person sees while the pages themselves are away: 503 in words instead of a problem document. A page
/// that was only looked at is asked for again by itself; what was sent is not sent twice.</summary>
public sealed class AwayPage : IResult
{
    private const int RetrySeconds = 5;

    private const string Style = """
        body { box-sizing: border-box; margin: 0; min-height: 100vh; display: grid; place-content: center; justify-items: center; text-align: center; padding: 2rem; font: 17px/1.55 system-ui, sans-serif; background: #fbf8f3; color: #23201c }
        main { display: grid; justify-items: center; gap: .5rem } .roof { stroke: #a8452c } p { margin: 0; max-width: 34rem } a { color: inherit }
        h1 { font: 400 2.441rem/1.15 "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, serif; margin: 1rem 0 .5rem }
        @media (prefers-color-scheme: dark) { body { background: #171512; color: #f3ede3 } .roof { stroke: #e58a6b } }
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Whether it is a browser that asks, for a page.</summary>
    public static bool IsWanted(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return !request.Path.StartsWithSegments("/api") && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = RetrySeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.CacheControl = "no-store";
        var onlyLooked = HttpMethods.IsGet(httpContext.Request.Method) || HttpMethods.IsHead(httpContext.Request.Method);
        var words = Language.Of(httpContext.Request).Code is "de" ? German : English;
        return Results.Text(Document(words, onlyLooked), "text/html; charset=utf-8", Encoding.UTF8, response.StatusCode).ExecuteAsync(httpContext);
    }

    private sealed record Words(string Language, string Title, string Heading, string Resting, string GoesOn, string MayHaveArrived);

    private static readonly Words English = new("en", "One moment", "One moment, please", "The shop is resting just now. Your cart and your orders are safe.",
        "This page goes on by itself.", "What you sent may have arrived: look at <a href=\"/orders\">your orders</a> before you send it again.");

    private static readonly Words German = new("de", "Einen Moment", "Einen Moment bitte", "Der Shop ist gerade nicht erreichbar. Ihr Warenkorb und Ihre Bestellungen sind sicher.",
        "Diese Seite geht von selbst weiter.", "Was Sie abgeschickt haben, kann angekommen sein: Sehen Sie in <a href=\"/orders\">Ihre Bestellungen</a>, bevor Sie es noch einmal senden.");

    private static string Document(Words words, bool onlyLooked) => $"""
        <!DOCTYPE html>
        <html lang="{words.Language}">
        <head>
          <meta charset="utf-8" />
          <title>{words.Title} · Stoa</title>
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          {(onlyLooked ? $"<meta http-equiv=\"refresh\" content=\"{RetrySeconds}\" />" : "")}
          <style>{Style}</style>
        </head>
        <body>
          <main>
            <svg viewBox="0 0 32 32" width="96" height="96" fill="none" stroke="currentColor" stroke-width="3.2" aria-hidden="true"><path class="roof" d="M1.500 11.500 9 6h14l7.500 5.500" stroke-linejoin="round" /><path d="M7.500 14.500v13M16 14.500v13M24.500 14.500v13" /></svg>
            <h1>{words.Heading}</h1>
            <p>{words.Resting}</p>
            <p>{(onlyLooked ? words.GoesOn : words.MayHaveArrived)}</p>
          </main>
        </body>
        </html>
        """;
}
