using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Stoa.Kernel;

namespace Stoa.Web;

/// <summary>What a service with pages adds to a service.</summary>
public static class PageRoutes
{
    /// <summary>A page. Whoever only asks whether it is there (HEAD) gets its headers.</summary>
    public static void MapPage(this RouteGroupBuilder pages, string address, Delegate handler) => pages.MapMethods(address, ["GET", "HEAD"], handler);

    /// <summary>Where a form is sent; without its token nothing is done.</summary>
    public static RouteHandlerBuilder MapForm(this RouteGroupBuilder pages, string address, Delegate handler) =>
        pages.MapPost(address, handler).WithMetadata(new RequireAntiforgeryTokenAttribute());

    /// <summary>Adds the visitor's session, the way to the API, and forms that nobody else can send.</summary>
    public static void AddSite(this ServiceBuilder service, Site site)
    {
        var cookies = new CookieRules(new Uri(site.PublicUrl), site.Cookies);
        service.Services.AddSingleton(site).AddSingleton(cookies).AddSingleton<Gateway>()
            .AddScoped<VisitorCookies>().AddScoped<Session>().AddScoped<ApiCaller>()
            .AddHttpContextAccessor().AddRazorComponents();
        service.Services.AddResponseCompression(Compression.Choose);
        service.Services.AddAntiforgery(form => cookies.Set(form.Cookie, "form"));
        // No news: the keys lie in a folder that nobody else may read, and pages with forms are never cached.
        service.Host.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        // Forms outlive a restart, and replicas that share the folder read each other's.
        service.Services.AddDataProtection().SetApplicationName("stoa-" + service.Options.Service)
            .PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(service.Options.DataFolder, "keys")));
    }
}
