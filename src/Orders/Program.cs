using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Takes orders at our prices and drives each one to its end.</summary>
public static class Program
{
    /// <summary>Runs the service.</summary>
    public static Task<int> Main(string[] args) => ServiceHost.Run(() => Build(args));

    /// <summary>The table of contents.</summary>
    public static WebApplication Build(string[] args, Seams? seams = null)
    {
        JsonColumns.Register();
        var service = ServiceHost.Create("orders", args, seams);
        service.AddDatabase(typeof(Program).Assembly);
        service.AddClient<InventoryClient>("inventory");
        service.AddClient<PaymentsClient>("payments");
        service.Subscribe(CopyPrices.Source, CopyPrices.Purpose, CopyPrices.From);
        var news = new PaymentNews();
        service.Subscribe("payments", "settlement", on => on
            .On<PaymentSucceeded>((payment, tx) => SettlePayment.Handle(payment, tx, news))
            .On<PaymentRefunded>(SettlePayment.Handle)
            .On<PaymentRefundFailed>(SettlePayment.Handle));
        service.Subscribe("users", "buyers", on => on.On<GuestLinked>(LinkGuest.Handle).On<UserErased>(EraseBuyer.Handle));
        service.AddLoop<OrderRunner>();
        service.AddFigure<CountOrders>();
        service.Services
            .AddSingleton(OrdersOptions.From(service.Options))
            .AddSingleton(new ShippingAndTax(key => service.Options[key]))
            .AddSingleton<OrderLinks>()
            .AddSingleton(news)
            .AddSingleton<DriveOrder>()
            .AddSingleton(provider => new Lazy<LoopRegistry>(provider.GetRequiredService<LoopRegistry>)); // a postponed step wakes the runner, which takes steps

        var app = service.Build();
        app.MapPost("/api/orders/quote", QuoteOrder.Handle).ForBuyers();
        app.MapPost("/api/orders", PlaceOrder.Handle).ForBuyers()
            .Produces<OrderView>(201).Produces<OrderView>(202).ProducesProblem(409).ProducesProblem(422);
        app.MapGet("/api/orders", ListOrders.Handle).ForBuyers();
        app.MapGet("/api/orders/counts", CountOrders.Handle).ForStaff();
        app.MapGet("/api/orders/by-link", ShowByLink.Handle);
        app.MapGet("/api/orders/{id:guid}", GetOrder.Handle).ForBuyers();
        app.MapPost("/api/orders/{id:guid}/cancel", CancelOrder.Handle).ForBuyers();
        app.MapPost("/api/orders/{id:guid}/ship", ShipOrder.Handle).ForStaff();
        app.MapPost("/api/orders/{id:guid}/deliver", DeliverOrder.Handle).ForStaff();
        app.MapGet("/internal/orders/{id:guid}/due", TellAmountDue.Handle).ForServices();
        app.MapPut("/internal/orders/{id:guid}/refund-hold", HoldForRefund.Handle).ForServices();
        app.MapGet("/internal/orders/messages", TellForMessages.Handle).ForServices();
        app.MapGet("/internal/audit/orders", TellOrderFacts.Handle).ForServices();
        return app;
    }
}
