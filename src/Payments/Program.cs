using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Payments: takes money once, gives it back, and keeps the ledger. The arbiter between paying and cancelling (P8).</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => ServiceHost.Run(() => Build(args));

    public static WebApplication Build(string[] args, Seams? seams = null)
    {
        var service = ServiceHost.Create("payments", args, seams);
        service.AddDatabase(typeof(Program).Assembly);
        service.AddClient<OrdersClient>("orders");
        service.Subscribe("users", "owners", on => on.On<GuestLinked>(LinkGuest.Handle));
        service.AddLoop<RecoverAttempts>();
        service.AddLoop<RecoverRefunds>();
        service.AddLoop<FollowHints>();
        service.AddLoop<Reconcile>();
        service.Services.AddSingleton<StripeClient>();
        service.Services.AddSingleton<OpenIntent>().AddSingleton<SubmitAttempt>().AddSingleton<ConfirmAttempt>().AddSingleton<SettleAttempt>();
        service.Services.AddSingleton<CancelIntent>().AddSingleton<TakePayment.Steps>();
        service.Services.AddSingleton<RefundLateSuccess>().AddSingleton<SendRefund>().AddSingleton<SettleRefund>();
        service.Services.AddSingleton<CompareCharges>().AddSingleton<CompareRefunds>().AddSingleton<CompareLedger>().AddSingleton<Differences>();
        service.Services.AddSingleton<FindAttention>(NeedsAPerson.EscalatedRefunds).AddSingleton<FindAttention>(NeedsAPerson.FailedRefunds)
            .AddSingleton<FindAttention>(NeedsAPerson.LateSuccesses).AddSingleton<FindAttention>(NeedsAPerson.OpenDifferences);

        var app = service.Build();
        app.MapPost("/api/payments", TakePayment.Handle).ForBuyers();
        app.MapGet("/api/payments", GetPayment.OfOrder).ForBuyers();
        app.MapGet("/api/payments/{id:guid}", GetPayment.One).ForBuyers();
        app.MapGet("/api/payments/differences", Differences.List).ForStaff();
        app.MapGet("/api/refunds", ListRefunds.Handle).ForStaff();
        app.MapGet("/api/refunds/{id:guid}", ListRefunds.One).ForStaff();
        app.MapPost("/api/refunds", RequestRefund.Handle).ForStaff();
        app.MapPost("/api/payments/webhooks/stripe", ReceiveWebhook.Handle);
        app.MapPut("/internal/orders/{orderId:guid}/closure", CloseOrder.Handle).ForServices();
        app.MapPut("/internal/orders/{orderId:guid}/refund", RefundOrder.Handle).ForServices();
        app.MapGet("/internal/orders/{orderId:guid}/refund", RefundOrder.Progress).ForServices();
        app.MapGet("/internal/orders/{orderId:guid}/payments", GetPayment.ForOrders).ForServices();
        app.MapGet("/internal/audit/payments", TellPaymentFacts.Handle).ForServices();
        app.MapPost("/internal/reconciliation", Reconcile.Handle).ForServices().KeepsOwnTime();
        return app;
    }
}
