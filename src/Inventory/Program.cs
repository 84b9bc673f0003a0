using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Inventory;

/// <summary>Stock on hand and what of it is held for orders.</summary>
public static class Program
{
    /// <summary>Runs the service.</summary>
    public static Task<int> Main(string[] args) => ServiceHost.Run(() => Build(args));

    /// <summary>The table of contents.</summary>
    public static WebApplication Build(string[] args, Seams? seams = null)
    {
        var service = ServiceHost.Create("inventory", args, seams);
        service.AddDatabase(typeof(Program).Assembly, logHoldsState: true);
        service.Subscribe("orders", "reservations", on => on
            .On<OrderPaid>(SellReserved.Handle)
            .On<OrderCancelled>(ReleaseReserved.Handle)
            .On<OrderRejected>(ReleaseReserved.Handle)
            .On<OrderRefunded>(ReturnSold.Handle));
        service.Subscribe("products", "skus", on => on
            .On<ProductChanged>(OpenStock.Handle)
            .ReadAgainAfter(OpenStock.KeepAll));

        var app = service.Build();
        app.MapPut("/internal/reservations/{orderId:guid}", Reserve.Handle).ForServices();
        app.MapGet("/internal/audit/reservations", TellStockFacts.OfOrders).ForServices();
        app.MapGet("/internal/audit/stock", TellStockFacts.OfSkus).ForServices();
        app.MapPut("/internal/stock", TellAvailable.Handle).ForServices();
        app.MapGet("/api/stock", ShowStock.List).ForStaff();
        app.MapGet("/api/stock/orders/{orderId:guid}", ShowForOrder.Handle).ForStaff().Produces<ShowForOrder.View>();
        app.MapGet("/api/stock/{sku}", ShowStock.One).ForStaff();
        app.MapPost("/api/stock/{sku}/adjustments", AdjustStock.Handle).ForStaff();
        app.MapGet("/api/stock/{sku}/movements", ListMovements.Handle).ForStaff();
        return app;
    }
}
