namespace Stoa.Web;

/// <summary>The headers of every page and file.</summary>
public static class SafeHeaders
{
    // Scripts and stylesheets of our own files, which talk to nobody else; pictures from us or from https; forms lead nowhere but here.
    private const string Policy =
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' https: data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void UseSafeHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // At the start of the answer, so that an answer begun anew after a fault has them too.
        context.Response.OnStarting(() =>
        {
            Set(context.Response.Headers, bearsToken: context.Request.Query.ContainsKey("token"));
            return Task.CompletedTask;
        });
        return next(context);
    });

    public static RouteGroupBuilder NeverCached(this RouteGroupBuilder group) => group.AddEndpointFilter((invocation, next) =>
    {
        invocation.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(invocation);
    });

    /// <param name="headers">The answer's.</param>
    /// <param name="bearsToken">The address lets its holder in: it is told to nobody and kept nowhere.</param>
    private static void Set(IHeaderDictionary headers, bool bearsToken)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff"; // files are answered before the frame that sets it for all else
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = bearsToken ? "no-referrer" : "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        if (bearsToken) headers.CacheControl = "no-store";
        else if (headers.CacheControl.Count == 0) headers.CacheControl = "private, no-cache";
    }
}
