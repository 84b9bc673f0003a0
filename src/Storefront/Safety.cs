using System.Diagnostics;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>What holds for every page: the headers, and the answers to forged forms, parts that are down and bugs.</summary>
public static class Safety
{
    // No script at all, one stylesheet of our own, pictures from us or from https; forms lead nowhere but here.
    private const string Policy =
        "default-src 'none'; style-src 'self'; img-src 'self' https: data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void UseSafeHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // At the start of the answer, so that an answer begun anew after a fault has them too.
        context.Response.OnStarting(() =>
        {
            Set(context.Response.Headers, bearsToken: context.Request.Query.ContainsKey("token"));
            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <param name="headers">The answer's.</param>
    /// <param name="bearsToken">The address lets its holder in: it is told to nobody and kept nowhere.</param>
    private static void Set(IHeaderDictionary headers, bool bearsToken)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = bearsToken ? "no-referrer" : "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        if (bearsToken) headers.CacheControl = "no-store";
        else if (headers.CacheControl.Count == 0) headers.CacheControl = "private, no-cache";
    }

    /// <summary>Refuses forms whose token is missing, foreign or of another visitor, with a page that says what to do.</summary>
    public static void RefuseForgedForms(this WebApplication app) => app.Use((context, next) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
            ? Show.Page<StalePage>(status: 400).ExecuteAsync(context)
            : next(context));

    /// <summary>A page for whatever no handler answered: unknown addresses, forms that cannot be read, parts that are down, bugs.</summary>
    public static void ExplainWhatFails(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => Explain(context, context.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error),
            StatusCodeSelector = fault => fault is BadHttpRequestException bad ? bad.StatusCode : fault is PartDownException ? 503 : 500,
            SuppressDiagnosticsCallback = fault => fault.Exception is BadHttpRequestException or PartDownException,
        });
        app.Use(async (context, next) =>
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: 404 or 405, ContentType: null })
                await Show.Page<MissingPage>(status: context.Response.StatusCode).ExecuteAsync(context);
        });
    }

    public static RouteGroupBuilder NeverCached(this RouteGroupBuilder group) => group.AddEndpointFilter((invocation, next) =>
    {
        invocation.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(invocation);
    });

    private static Task Explain(HttpContext context, Exception fault) => fault switch
    {
        PartDownException { SessionEnded: true } => AskToLogIn(context),
        PartDownException down => TryAgain(context, down.Part),
        BadHttpRequestException bad => Show.Page<StalePage>(status: bad.StatusCode).ExecuteAsync(context),
        _ => Show.Page<BrokenPage>(new { TraceId = Activity.Current?.TraceId.ToString() }, 500).ExecuteAsync(context),
    };

    private static Task AskToLogIn(HttpContext context)
    {
        context.RequestServices.GetRequiredService<Session>().End();
        var here = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : "/cart";
        return Show.Next("/login?ended=yes&returnUrl=" + Uri.EscapeDataString(LocalUrl.Or(here))).ExecuteAsync(context);
    }

    private static Task TryAgain(HttpContext context, string part)
    {
        context.Response.Headers.RetryAfter = "5";
        var here = HttpMethods.IsGet(context.Request.Method) ? LocalUrl.Or(context.Request.Path + context.Request.QueryString) : "/cart";
        return Show.Page<DownPage>(new { Part = part, Again = here }, 503).ExecuteAsync(context);
    }
}
