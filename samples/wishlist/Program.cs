using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Wishlist;

/// <summary>What shoppers would like to have, at the names and prices of our own copy of the catalogue.</summary>
public static class Program
{
    /// <summary>The copy of the catalogue, as a subscription.</summary>
    public const string Copy = "names-and-prices";

    public static Task<int> Main(string[] args) => ServiceHost.Run(() => Build(args));

    public static WebApplication Build(string[] args, Seams? seams = null)
    {
        var service = ServiceHost.Create("wishlist", args, seams);
        service.AddDatabase(typeof(Program).Assembly);
        service.Subscribe("products", Copy, on => on
            .On<ProductChanged>(CopyProducts.Changed)
            .On<ProductDeleted>(CopyProducts.Deleted)
            .ReadAgainAfter(CopyProducts.Forget));
        service.Subscribe("users", "erasure", on => on.On<UserErased>(ForgetWishes.Handle));

        var app = service.Build();
        app.MapGet("/api/wishlist", ShowWishes.Handle).ForBuyers().Produces<ShowWishes.View>();
        app.MapPut("/api/wishlist/{sku}", AddWish.Handle).ForBuyers();
        app.MapDelete("/api/wishlist/{sku}", RemoveWish.Handle).ForBuyers();
        return app;
    }
}
