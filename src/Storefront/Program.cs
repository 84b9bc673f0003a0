using Stoa.Kernel;

namespace Stoa.Storefront;

/// <summary>The shop that people see: pages and forms over the public API. It owns no data.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => ServiceHost.Run(() => Build(args));

    public static WebApplication Build(string[] args, Seams? seams = null)
    {
        var service = ServiceHost.Create("storefront", args, seams);
        var shop = Shop.At(service.Options.PublicUrl);
        AddPages(service, shop);
        var app = service.Build();
        app.UseResponseCompression();
        app.UseSafeHeaders();
        app.Services.GetRequiredService<CookieRules>().UseWith(app);
        Shop.Files.UseWith(app);
        app.UseLanguages();
        app.ExplainWhatFails(shop);
        app.KeepSessionFresh(context => context.GetEndpoint() is not null);
        app.UseAntiforgery();
        app.RefuseForgedForms(shop);
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
        pages.MapPage("/account/addresses", ShowAddresses.Handle);
        pages.MapForm("/account/addresses", EditAddress.Add);
        pages.MapPage("/account/addresses/new", EditAddress.New);
        pages.MapPage("/account/addresses/{id:guid}", EditAddress.Form);
        pages.MapForm("/account/addresses/{id:guid}", EditAddress.Change);
        pages.MapForm("/account/addresses/{id:guid}/remove", RemoveAddress.Handle);
        pages.MapPage("/account/delete", DeleteAccount.Form);
        pages.MapForm("/account/delete", DeleteAccount.Handle);
        pages.MapForm("/account/confirmation", AskConfirmation.Handle);
    }

    private static void AddPages(ServiceBuilder service, Site shop)
    {
        service.AddSite(shop);
        service.Services.AddSingleton(ShopSettings.From(service.Options)).AddSingleton<Shelves>().AddSingleton<StructuredData>().AddSingleton<SiteMap>()
            .AddScoped<ShopApi>().AddScoped<GuestCart>().AddScoped<StartSession>().AddScoped<CheckoutDraft>();
    }
}
