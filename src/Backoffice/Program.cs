using Microsoft.AspNetCore.Authorization;
using Stoa.Kernel;

namespace Stoa.Backoffice;

/// <summary>What staff see, under <c>/admin</c>: pages and forms over the public API, which records who did what. It owns no data.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => ServiceHost.Run(() => Build(args));

    public static WebApplication Build(string[] args, Seams? seams = null)
    {
        var service = ServiceHost.Create("backoffice", args, seams);
        var office = Office.At(service.Options.PublicUrl);
        AddPages(service, office);
        var app = service.Build();
        app.ExplainWhatFails(office);
        app.UseAntiforgery();
        app.RefuseForgedForms(office);
        var pages = app.MapGroup(Office.Path).ExcludeFromDescription().KeepsOwnTime().NeverCached();
        MapDoor(pages.MapGroup(""));
        MapOrders(pages.MapGroup("").ForStaff());
        MapStock(pages.MapGroup("").ForStaff());
        return app;
    }

    private static void MapDoor(RouteGroupBuilder pages)
    {
        pages.MapPage("/login", LogIn.Form);
        pages.MapForm("/login", LogIn.Handle);
        pages.MapForm("/logout", LogOut.Handle);
    }

    private static void MapOrders(RouteGroupBuilder pages)
    {
        pages.MapPage("/", FindOrders.Home);
        pages.MapPage("/orders", FindOrders.Handle);
        pages.MapPage("/orders/{id:guid}", ShowOrder.Handle);
        pages.MapForm("/orders/{id:guid}/ship", ShipOrder.Handle);
        pages.MapForm("/orders/{id:guid}/deliver", DeliverOrder.Handle);
        pages.MapForm("/orders/{id:guid}/cancel", CancelOrder.Handle);
        pages.MapForm("/orders/{id:guid}/refund", RefundOrder.Handle);
    }

    private static void MapStock(RouteGroupBuilder pages)
    {
        pages.MapPage("/stock", FindStock.Handle);
        pages.MapPage("/stock/{sku}", ShowStock.Handle);
        pages.MapForm("/stock/{sku}/adjust", AdjustStock.Handle);
    }

    private static void AddPages(ServiceBuilder service, Site office)
    {
        service.AddSite(office);
        service.Services.AddScoped<OfficeApi>()
            .AddSingleton<IStartupFilter, StaffDoor>()
            .AddSingleton<IAuthorizationMiddlewareResultHandler, TurnAway>();
    }
}
