using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Carts;

/// <summary>A shopper's cart, guest or signed in, at the names and prices of our own copy of the catalogue.</summary>
public static class Program
{
    /// <summary>The copy of the catalogue, as a subscription.</summary>
    public const string Copy = "names-and-prices";

    /// <summary>Runs the service.</summary>
    public static Task<int> Main(string[] args) => ServiceHost.Run(() => Build(args));

    /// <summary>The table of contents.</summary>
    public static WebApplication Build(string[] args, Seams? seams = null)
    {
        var service = ServiceHost.Create("carts", args, seams);
        service.AddDatabase(typeof(Program).Assembly);
        service.Subscribe("products", Copy, on => on
            .On<ProductChanged>(CopyProducts.Changed)
            .On<ProductDeleted>(CopyProducts.Deleted)
            .ReadAgainAfter(CopyProducts.Forget));
        service.Subscribe("orders", "bought-lines", on => on.On<OrderPaid>(TakeBoughtLines.Handle));
        service.Subscribe("users", "erasure", on => on.On<UserErased>(ForgetCarts.Erased));
        service.AddLoop<ForgetCarts>();
        service.Services.AddSingleton<ShowCart>().AddSingleton<ChangeCart>();

        var app = service.Build();
        app.MapGet("/api/cart", ShowCart.Handle).ForBuyers().Produces<CartView>();
        app.MapPost("/api/cart/items", AddToCart.Handle).ForBuyers().Produces<CartView>();
        app.MapPut("/api/cart/items/{sku}", SetQuantity.Handle).ForBuyers().Produces<CartView>();
        app.MapDelete("/api/cart/items/{sku}", RemoveFromCart.One).ForBuyers().Produces<CartView>();
        app.MapDelete("/api/cart", RemoveFromCart.All).ForBuyers().Produces<CartView>();
        app.MapPost("/api/cart/merge", MergeCarts.Handle).ForBuyers().Produces<CartView>();
        app.MapGet("/internal/audit/taken", TellTakenOrders.Handle).ForServices();
        return app;
    }
}
