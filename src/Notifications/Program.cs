using System.Net;
using Microsoft.AspNetCore.Builder;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Writes to shoppers about their orders and accounts: by SMTP, or as .eml files in the data folder when no server is configured.</summary>
public static class Program
{
    /// <summary>Runs the service.</summary>
    public static Task<int> Main(string[] args) => ServiceHost.Run(() => Build(args));

    /// <summary>The service's table of contents.</summary>
    public static WebApplication Build(string[] args, Seams? seams = null)
    {
        var service = ServiceHost.Create("notifications", args, seams);
        service.AddDatabase(typeof(Program).Assembly);
        service.AddClient<OrdersClient>("orders");
        service.AddClient<UsersClient>("users");
        service.Services.AddSingleton<MailSender>().AddSingleton<WriteMessage>();
        service.Subscribe("orders", "messages", QueueMessages.FromOrders);
        service.Subscribe("payments", "messages", QueueMessages.FromPayments);
        service.Subscribe("users", "messages", QueueMessages.FromUsers);
        service.AddLoop<SendMessages>();
        service.Subscribe("orders", "webhooks", NoteDeliveries.FromOrders);
        service.Subscribe("payments", "webhooks", NoteDeliveries.FromPayments);
        service.Subscribe("products", "webhooks", NoteDeliveries.FromProducts);
        service.Subscribe("inventory", "webhooks", NoteDeliveries.FromInventory);
        service.AddLoop<DeliverWebhooks>();
        service.AddLoop<ForgetDeliveries>();
        service.Services
            .AddSingleton<NameLookup>(Dns.GetHostAddressesAsync)
            .AddSingleton(provider => new WebhookTargets(service.Options["Stoa:Webhooks:AllowedHosts"] ?? "", provider.GetRequiredService<NameLookup>()))
            .AddSingleton<WebhookSecrets>().AddSingleton<SendDelivery>().AddSingleton<SettleDelivery>();

        service.Services.AddSingleton<FindAttention>(NeedsAPerson.FailedMessages).AddSingleton<FindAttention>(NeedsAPerson.WebhooksOff);

        var app = service.Build();
        app.MapPost("/api/webhooks", RegisterWebhook.Handle).ForStaff().Produces<Webhook.View>(201).ProducesProblem(409).ProducesProblem(422);
        app.MapGet("/api/webhooks", ListWebhooks.Handle).ForStaff();
        app.MapGet("/api/webhooks/types", ListWebhookTypes.Handle).ForStaff();
        app.MapGet("/api/webhooks/{id:guid}", ShowWebhook.Handle).ForStaff().Produces<ShowWebhook.View>();
        app.MapPatch("/api/webhooks/{id:guid}", ChangeWebhook.Handle).ForStaff().Produces<Webhook.View>().ProducesProblem(422);
        app.MapDelete("/api/webhooks/{id:guid}", DeleteWebhook.Handle).ForStaff().Produces(204);
        app.MapPost("/api/webhooks/{id:guid}/secret", RotateWebhookSecret.Handle).ForStaff().Produces<Webhook.View>().ProducesProblem(422);
        app.MapGet("/api/webhooks/{id:guid}/deliveries", ListDeliveries.Handle).ForStaff().Produces<Page<Delivery.View>>();
        app.MapPost("/api/webhooks/{id:guid}/deliveries/{deliveryId:guid}/redeliver", Redeliver.Handle).ForStaff().Produces<Delivery.View>(202).ProducesProblem(409);
        app.MapGet("/api/messages", ListMessages.Handle).ForStaff().Produces<Page<StoredMessage.View>>().ProducesProblem(422);
        app.MapGet("/api/messages/{subjectId:guid}/{kind}", ShowMessage.Handle).ForStaff().Produces<ShowMessage.View>();
        app.MapPost("/api/messages/{subjectId:guid}/{kind}/send-again", SendAgain.Handle).ForStaff().Produces<StoredMessage.View>(202).ProducesProblem(409);
        app.MapGet("/internal/audit/messages", TellMessages.Handle).ForServices();
        return app;
    }
}
