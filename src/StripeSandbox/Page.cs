using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace Stoa.StripeSandbox;

/// <summary>A page of the sandbox: one document, no script, nothing loaded from anywhere. What goes into
/// <paramref name="Main"/> is HTML already; <see cref="Text"/> makes text safe for it.</summary>
/// <param name="FormTarget">An origin to which this page's form may lead after its redirect, besides our own.</param>
public sealed record Page(string Title, string Main, int Status = 200, string? FormTarget = null) : IResult
{
    public static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        // The address of a 3-D Secure page holds its secret: it must not travel on in a Referer or stay in a cache.
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        // Browsers hold a form's redirect to form-action as well, so the shop's origin stands there.
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src '{StyleHash}'; form-action 'self'{(FormTarget is null ? "" : " " + FormTarget)}; frame-ancestors 'none'; base-uri 'none'";
        await response.WriteAsync(Document(), httpContext.RequestAborted);
    }

    /// <summary>What a browser calls the origin of an address.</summary>
    public static string? OriginOf(string? url) => url is null ? null : new Uri(url).GetLeftPart(UriPartial.Authority);

    private string Document() => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{Text(Title)} · Stoa test bank</title>
        <style>{Style}</style>
        </head>
        <body>
        <header>
        <a href="/sandbox">
        <svg viewBox="0 0 48 32" width="48" height="32" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"><path d="M3 11 24 3l21 8"/><path d="M5 29h38"/><path d="M10 15v11M19.500 15v11M28.500 15v11M38 15v11"/></svg>
        <span>Stoa test bank</span>
        </a>
        <p>Sandbox: no money moves here.</p>
        </header>
        <main>
        {Main}
        </main>
        </body>
        </html>
        """;

    private const string Style = """

        :root{--ground:#FBF8F3;--surface:#FFFFFF;--ink:#23201C;--muted:#5E564C;--line:#E4DCCF;--action:#A8452C;--on-action:#FFFFFF;--link:#1F5673;--good:#2F6B3C;--bad:#A1262E;color-scheme:light dark}
        @media (prefers-color-scheme:dark){:root{--ground:#171512;--surface:#211E1A;--ink:#F3EDE3;--muted:#B9AFA1;--line:#3A352E;--action:#E58A6B;--on-action:#171512;--link:#8CC3DE;--good:#8CCB97;--bad:#F0959B}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);font:17px/1.6 system-ui,sans-serif}
        header{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:center;justify-content:space-between;max-width:1240px;margin:0 auto;padding:24px}
        header a{display:flex;gap:12px;align-items:center;color:var(--ink);text-decoration:none}
        header span,h1,h2{font-family:"Iowan Old Style","Palatino Linotype",Palatino,"Book Antiqua",Georgia,serif;font-weight:600;line-height:1.2}
        header span{font-size:21px}
        header p{margin:0;color:var(--muted);font-size:15px}
        main{max-width:1240px;margin:0 auto;padding:16px 24px 64px}
        h1{font-size:33px;margin:0 0 16px}
        h2{font-size:21px;margin:48px 0 8px}
        p{max-width:65ch}
        a{color:var(--link)}
        :focus-visible{outline:3px solid var(--link);outline-offset:2px}
        .card{max-width:480px;margin:24px auto 0;padding:32px;background:var(--surface);border:1px solid var(--line);border-radius:4px}
        .amount{font:600 41px/1.2 "Iowan Old Style","Palatino Linotype",Palatino,"Book Antiqua",Georgia,serif;font-variant-numeric:tabular-nums;margin:0 0 24px}
        dl{display:grid;grid-template-columns:auto 1fr;gap:8px 24px;margin:0 0 32px;padding:16px 0;border-block:1px solid var(--line)}
        dt{color:var(--muted)}
        dd{margin:0;text-align:right;overflow-wrap:anywhere}
        form{display:flex;flex-direction:column;gap:12px}
        fieldset{display:flex;flex-direction:column;gap:8px;margin:0 0 8px;padding:0;border:0}
        legend{padding:0;margin:0 0 8px;font-weight:600}
        label{display:flex;gap:10px;align-items:baseline;padding:10px 12px;border:1px solid var(--line);border-radius:4px}
        button,.button{display:block;width:100%;padding:14px 24px;font:600 17px/1.4 system-ui,sans-serif;text-align:center;text-decoration:none;border-radius:4px;border:1px solid var(--action);background:var(--action);color:var(--on-action);cursor:pointer}
        button.quiet{background:transparent;color:var(--ink);border-color:var(--line);font-weight:400}
        .note{color:var(--muted);font-size:15px;margin:24px 0 0}
        .scroll{overflow-x:auto;background:var(--surface);border:1px solid var(--line);border-radius:4px}
        table{width:100%;border-collapse:collapse;font-size:15px;font-variant-numeric:tabular-nums}
        th,td{padding:10px 12px;text-align:left;vertical-align:top;white-space:nowrap;border-bottom:1px solid var(--line)}
        tr:last-child td{border-bottom:0}
        th{color:var(--muted);font-weight:600}
        td.figure,th.figure{text-align:right}
        code{font:13px/1.4 ui-monospace,monospace}
        .good{color:var(--good)}.bad{color:var(--bad)}.muted{color:var(--muted)}
        @media (max-width:560px){main{padding:8px 16px 48px}header{padding:16px}.card{padding:24px;margin-top:8px}.amount{font-size:33px}}

        """;

    private static readonly string StyleHash = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));
}
