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

        var app = service.Build();
        app.MapGet("/internal/audit/messages", TellMessages.Handle).ForServices();
        return app;
    }
}
