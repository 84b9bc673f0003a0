using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Primitives;

namespace Stoa.Storefront;

/// <summary>
/// A page's language: the one that its address asks for (?lang=de), else the one that the visitor chose last, else the first
/// that the browser asks for and we write, else English. The same address without ?lang is everybody's (ADR 59).
/// </summary>
public static class Languages
{
    private const string Asked = "lang";
    private const string Cookie = "language";
    private const string Otherwise = "en";
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);

    /// <summary>What we write, each with the name that its readers know it by.</summary>
    public static IReadOnlyList<(string Code, string Name)> All { get; } = [(Otherwise, "English"), ("de", "Deutsch")];

    /// <summary>The page's.</summary>
    public static string Current => CultureInfo.CurrentUICulture.Name is { Length: > 0 } chosen ? chosen : Otherwise;

    /// <summary>Chooses it, before anything of the page is done: also its faults are told in it.</summary>
    public static void UseLanguages(this IApplicationBuilder app)
    {
        var cookies = app.ApplicationServices.GetRequiredService<CookieRules>();
        app.UseRequestLocalization(new RequestLocalizationOptions
        {
            DefaultRequestCulture = new(Cultures.English),
            SupportedCultures = [.. Cultures.All],
            SupportedUICultures = [Cultures.English, Cultures.German],
            RequestCultureProviders =
            [
                new QueryStringRequestCultureProvider { QueryStringKey = Asked, UIQueryStringKey = Asked },
                new CookieRequestCultureProvider { CookieName = cookies.Name(Cookie) },
                new BrowserLanguages(),
            ],
        });
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() => Tell(context, cookies));
            return next(context);
        });
    }

    /// <summary>A page's address in a language: who reads English needs none of their own.</summary>
    public static string Address(string path, string language) => language == Otherwise ? path : $"{path}?{Asked}={language}";

    /// <summary>The page that is being shown, in another language; what came by a form is not shown again, and an
    /// address that lets its holder in is told to nobody: then it is the front.</summary>
    public static string Here(HttpContext context, string language)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || context.Request.Query.ContainsKey("token")) return $"/?{Asked}={language}";
        var query = new QueryBuilder(context.Request.Query.Where(one => one.Key != Asked)) { { Asked, language } };
        return LocalUrl.Or(context.Request.Path.ToUriComponent() + query, $"/?{Asked}={language}");
    }

    /// <summary>Pages say what they are written in and what that hung on, for every cache; files and feeds have no language.</summary>
    private static Task Tell(HttpContext context, CookieRules cookies)
    {
        if (context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) is not true) return Task.CompletedTask;
        var language = CultureOf(context).UICulture.Name;
        context.Response.Headers.ContentLanguage = language;
        context.Response.Headers.Append("Vary", "Accept-Language, Cookie");
        if (context.Request.Query[Asked] == language)
            context.Response.Cookies.Append(cookies.Name(Cookie), CookieRequestCultureProvider.MakeCookieValue(new(language)), cookies.Options(Life));
        return Task.CompletedTask;
    }

    private static RequestCulture CultureOf(HttpContext context) => context.Features.GetRequiredFeature<IRequestCultureFeature>().RequestCulture;

    /// <summary>What the browser asks for, each followed by itself without its region: the framework would ask the culture for its
    /// parent, and in invariant mode none has one.</summary>
    private sealed class BrowserLanguages : RequestCultureProvider
    {
        private const int Most = 5;

        public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
        {
            var asked = httpContext.Request.GetTypedHeaders().AcceptLanguage.Where(one => one.Quality is not 0)
                .OrderByDescending(one => one.Quality ?? 1).Take(Most).SelectMany(one => AndParent(one.Value)).ToList();
            return Task.FromResult(asked.Count == 0 ? null : new ProviderCultureResult(asked));
        }

        private static StringSegment[] AndParent(StringSegment culture) =>
            culture.IndexOf('-') is > 0 and var end ? [culture, culture.Subsegment(0, end)] : [culture];
    }
}
