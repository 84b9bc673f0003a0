using System.Diagnostics;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Stoa.Web;

/// <summary>The answers to forged forms, to addresses that lead nowhere, to parts that are down and to bugs.</summary>
public static class FaultPages
{
    /// <summary>Refuses forms whose token is missing, foreign or of another visitor, with a page that says what to do.</summary>
    public static void RefuseForgedForms(this IApplicationBuilder app, Site site) => app.Use((context, next) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } ? site.Stale(400).ExecuteAsync(context) : next(context));

    /// <summary>A page for whatever no handler answered: unknown addresses, forms that cannot be read, parts that are down, bugs.</summary>
    public static void ExplainWhatFails(this IApplicationBuilder app, Site site)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => Explain(site, context, context.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error),
            StatusCodeSelector = fault => fault is BadHttpRequestException bad ? bad.StatusCode : fault is PartDownException ? 503 : 500,
            SuppressDiagnosticsCallback = fault => fault.Exception is BadHttpRequestException or PartDownException,
        });
        app.Use(async (context, next) =>
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: 404 or 405, ContentType: null }) await site.Missing(context.Response.StatusCode).ExecuteAsync(context);
        });
    }

    private static Task Explain(Site site, HttpContext context, Exception fault) => fault switch
    {
        PartDownException { SessionEnded: true } => AskToLogIn(site, context),
        PartDownException down => TryAgain(site, context, down.Part),
        BadHttpRequestException bad => site.Stale(bad.StatusCode).ExecuteAsync(context),
        _ => site.Broken(Activity.Current?.TraceId.ToString()).ExecuteAsync(context),
    };

    private static Task AskToLogIn(Site site, HttpContext context)
    {
        context.RequestServices.GetRequiredService<Session>().End();
        return Show.Next($"{site.Under}/login?ended=yes&returnUrl={Uri.EscapeDataString(Here(context, site.AfterForm))}").ExecuteAsync(context);
    }

    private static Task TryAgain(Site site, HttpContext context, string part)
    {
        context.Response.Headers.RetryAfter = "5";
        return site.Down(part, Here(context, site.AfterForm)).ExecuteAsync(context);
    }

    /// <summary>Where the visitor is, as far as that can be loaded again.</summary>
    public static string Here(HttpContext context, string otherwise) =>
        HttpMethods.IsGet(context.Request.Method) ? LocalUrl.Or(context.Request.Path + context.Request.QueryString) : otherwise;
}
