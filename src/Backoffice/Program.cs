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
        MapProducts(pages.MapGroup("").ForStaff());
        MapStock(pages.MapGroup("").ForStaff());
        MapCustomers(pages);
        MapStaff(pages.MapGroup("").ForAdmins());
        MapAttention(pages.MapGroup("").ForStaff());
        MapWebhooks(pages.MapGroup("").ForStaff());
        MapMessages(pages.MapGroup("").ForStaff());
        pages.MapGroup("").ForStaff().MapPage("/operations", ShowOperations.Handle);
        return app;
    }

    private static void MapDoor(RouteGroupBuilder pages)
    {
        pages.MapPage("/login", LogIn.Form);
        pages.MapForm("/login", LogIn.Handle);
        pages.MapForm("/logout", LogOut.Handle);
        pages.MapPage("/welcome", Welcome.Form);
        pages.MapForm("/welcome", Welcome.Handle);
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

    private static void MapProducts(RouteGroupBuilder pages)
    {
        pages.MapPage("/products", FindProducts.Handle);
        pages.MapPage("/products/new", CreateProduct.Form);
        pages.MapForm("/products/new", CreateProduct.Handle).TakesUpTo(AddPictures.MostBytes).WithFormOptions(valueCountLimit: ProductForm.MostFields);
        pages.MapPage("/products/{id:guid}", ShowProduct.Handle);
        pages.MapForm("/products/{id:guid}", ChangeProduct.Handle).TakesUpTo(AddPictures.MostBytes).WithFormOptions(valueCountLimit: ProductForm.MostFields);
        pages.MapForm("/products/{id:guid}/delete", DeleteProduct.Handle);
        pages.MapPage("/import", BringFile.Form);
        pages.MapForm("/import", BringFile.Handle).TakesUpTo(BringFile.MostFormBytes);
        pages.MapPage("/import/format", BringFile.Format);
        pages.MapPage("/import/{id:guid}", ShowImport.Handle);
        pages.MapForm("/import/{id:guid}/start", ShowImport.Start);
        pages.MapPage("/import/{id:guid}/failed.csv", TellFailedLines.Handle);
    }

    private static void MapStock(RouteGroupBuilder pages)
    {
        pages.MapPage("/stock", FindStock.Handle);
        pages.MapPage("/stock/{sku}", ShowStock.Handle);
        pages.MapForm("/stock/{sku}/adjust", AdjustStock.Handle);
    }

    private static void MapCustomers(RouteGroupBuilder pages)
    {
        var (staff, admins) = (pages.MapGroup("").ForStaff(), pages.MapGroup("").ForAdmins());
        staff.MapPage("/customers", FindCustomers.Handle);
        staff.MapPage("/customers/{id:guid}", ShowCustomer.Handle);
        staff.MapForm("/customers/{id:guid}/lock", LockCustomer.Lock);
        staff.MapForm("/customers/{id:guid}/unlock", LockCustomer.Unlock);
        admins.MapPage("/customers/{id:guid}/erase", EraseCustomer.Ask);
        admins.MapForm("/customers/{id:guid}/erase", EraseCustomer.Handle);
    }

    private static void MapStaff(RouteGroupBuilder pages)
    {
        pages.MapPage("/staff", ShowStaff.Handle);
        pages.MapForm("/staff/invite", InviteStaff.Handle);
        pages.MapPage("/staff/{id:guid}", ShowMember.Handle);
        pages.MapForm("/staff/{id:guid}/roles", ChangeMember.Roles);
        pages.MapForm("/staff/{id:guid}/lock", ChangeMember.Lock);
        pages.MapForm("/staff/{id:guid}/unlock", ChangeMember.Unlock);
        pages.MapForm("/staff/{id:guid}/password-link", ChangeMember.MailLink);
        pages.MapForm("/staff/{id:guid}/erase", ChangeMember.Erase);
    }

    private static void MapAttention(RouteGroupBuilder pages)
    {
        pages.MapPage("/attention", ShowAttention.Handle);
        pages.MapPage("/dead-letters", ShowDeadLetters.Handle);
        pages.MapForm("/dead-letters/{service}/redrive", RedriveDeadLetters.Handle);
    }

    private static void MapWebhooks(RouteGroupBuilder pages)
    {
        pages.MapPage("/webhooks", ShowWebhooks.Handle);
        pages.MapForm("/webhooks", RegisterWebhook.Handle);
        pages.MapPage("/webhooks/{id:guid}", ShowWebhook.Handle);
        pages.MapForm("/webhooks/{id:guid}/change", ChangeWebhook.Save);
        pages.MapForm("/webhooks/{id:guid}/on", ChangeWebhook.On);
        pages.MapForm("/webhooks/{id:guid}/off", ChangeWebhook.Off);
        pages.MapForm("/webhooks/{id:guid}/secret", ChangeWebhook.Rotate);
        pages.MapForm("/webhooks/{id:guid}/delete", ChangeWebhook.Delete);
        pages.MapForm("/webhooks/{id:guid}/deliveries/{deliveryId:guid}/redeliver", ChangeWebhook.Redeliver);
    }

    private static void MapMessages(RouteGroupBuilder pages)
    {
        pages.MapPage("/messages", ShowMessages.Handle);
        pages.MapPage("/messages/{subjectId:guid}/{kind}", ShowMessage.Handle);
        pages.MapForm("/messages/{subjectId:guid}/{kind}/again", ShowMessage.SendAgain);
    }

    private static void AddPages(ServiceBuilder service, Site office)
    {
        service.AddSite(office);
        service.Services.AddSingleton(provider => new ImportFolder(Path.Combine(service.Options.DataFolder, "imports"), provider.GetRequiredService<TimeProvider>()));
        service.AddLoop<RunImports>();
        service.Services.AddScoped<OfficeApi>().AddScoped<PeopleApi>().AddScoped<AttentionApi>().AddScoped<WebhooksApi>().AddScoped<MessagesApi>()
            .AddSingleton<IStartupFilter, StaffDoor>()
            .AddSingleton<IAuthorizationMiddlewareResultHandler, TurnAway>();
    }
}
