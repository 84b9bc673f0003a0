using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Stoa.Kernel;

namespace Stoa.Storefront;

/// <summary>The shop that people see: pages and forms over the public API. It owns no data.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => ServiceHost.Run(() => Build(args));

    public static WebApplication Build(string[] args, Seams? seams = null)
    {
        var service = ServiceHost.Create("storefront", args, seams);
        AddPages(service);
        var app = service.Build();
        app.UseSafeHeaders();
        app.Services.GetRequiredService<CookieRules>().UseWith(app);
        app.UseSiteFiles();
        app.ExplainWhatFails();
        app.Use((context, next) => StartSession.Refreshed(context, next));
        app.UseAntiforgery();
        app.RefuseForgedForms();
        MapShop(app.MapGroup("").ExcludeFromDescription().KeepsOwnTime());
        MapOwnPages(app.MapGroup("").ExcludeFromDescription().KeepsOwnTime().NeverCached());
        return app;
    }

    private static void MapShop(RouteGroupBuilder pages)
    {
        pages.MapPage("/", ShowHome.Handle);
        pages.MapPage("/search", BrowseProducts.Search);
        pages.MapPage("/category/{slug}", BrowseProducts.Category);
        pages.MapPage("/products/{slug}", ShowProduct.Handle);
        pages.MapPage("/robots.txt", SiteMap.Robots);
        pages.MapPage("/sitemap.xml", SiteMap.Handle);
    }

    private static void MapOwnPages(RouteGroupBuilder pages)
    {
        pages.MapPage("/cart", ShowCart.Handle);
        pages.MapForm("/cart/items", AddToCart.Handle);
        pages.MapForm("/cart/lines", ChangeCart.Handle);
        pages.MapForm("/buy", BuyNow.Handle);
        pages.MapPage("/checkout", StartCheckout.Handle);
        pages.MapPage("/checkout/review", ReviewOrder.Look);
        pages.MapForm("/checkout/review", ReviewOrder.Handle);
        pages.MapForm("/checkout", PlaceOrder.Handle);
        pages.MapPage("/orders", ListOrders.Handle);
        pages.MapPage("/orders/by-link", ShowOrderByLink.Handle);
        pages.MapPage("/orders/{id:guid}", ShowOrder.Handle);
        pages.MapForm("/orders/{id:guid}/cancel", CancelOrder.Handle);
        pages.MapPage("/orders/{id:guid}/pay", ShowPayment.Handle);
        pages.MapForm("/orders/{id:guid}/pay", PayOrder.Handle);
        pages.MapPage("/orders/{id:guid}/bank", ReturnFromBank.Handle);
        pages.MapPage("/orders/{id:guid}/paying", ReturnFromBank.AfterWait);
        pages.MapPage("/signup", SignUp.Form);
        pages.MapForm("/signup", SignUp.Handle);
        pages.MapPage("/login", LogIn.Form);
        pages.MapForm("/login", LogIn.Handle);
        pages.MapForm("/logout", LogOut.Handle);
        pages.MapPage("/forgotten-password", ForgottenPassword.Form);
        pages.MapForm("/forgotten-password", ForgottenPassword.Handle);
        pages.MapPage("/reset-password", ResetPassword.Form);
        pages.MapForm("/reset-password", ResetPassword.Handle);
        pages.MapPage("/confirm-email", ConfirmEmail.Form);
        pages.MapForm("/confirm-email", ConfirmEmail.Handle);
        pages.MapPage("/account", ShowAccount.Handle);
        pages.MapForm("/account", RenameAccount.Handle);
        pages.MapForm("/account/access", ChangeAccess.Handle);
        pages.MapPage("/account/delete", DeleteAccount.Form);
        pages.MapForm("/account/delete", DeleteAccount.Handle);
        pages.MapForm("/account/confirmation", AskConfirmation.Handle);
    }

    // Whoever only asks whether a page is there (HEAD) gets its headers.
    private static void MapPage(this RouteGroupBuilder pages, string address, Delegate handler) => pages.MapMethods(address, ["GET", "HEAD"], handler);

    private static void MapForm(this RouteGroupBuilder pages, string address, Delegate handler) =>
        pages.MapPost(address, handler).WithMetadata(new RequireAntiforgeryTokenAttribute());

    private static void AddPages(ServiceBuilder service)
    {
        var settings = ShopSettings.From(service.Options);
        var cookies = new CookieRules(new Uri(settings.PublicUrl));
        service.Services.AddSingleton(settings).AddSingleton(cookies).AddSingleton<Shelves>().AddSingleton<StructuredData>().AddSingleton<SiteMap>().AddSingleton<Gateway>()
            .AddScoped<Session>().AddScoped<ApiCaller>().AddScoped<ShopApi>().AddScoped<StartSession>().AddScoped<CheckoutDraft>()
            .AddHttpContextAccessor().AddRazorComponents();
        service.Services.AddAntiforgery(form => cookies.Set(form.Cookie, "form"));
        // No news: the keys lie in a folder that nobody else may read, and pages with forms are never cached.
        service.Host.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        // Forms outlive a restart, and replicas that share the folder read each other's.
        service.Services.AddDataProtection().SetApplicationName("stoa-storefront")
            .PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(service.Options.DataFolder, "keys")));
    }
}
