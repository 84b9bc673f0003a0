using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>The catalogue: products with their variants, categories, pictures and search.</summary>
public static class Program
{
    /// <summary>Runs the service.</summary>
    public static Task<int> Main(string[] args) => ServiceHost.Run(() => Build(args));

    /// <summary>The table of contents.</summary>
    public static WebApplication Build(string[] args, Seams? seams = null)
    {
        var service = ServiceHost.Create("products", args, seams);
        service.AddDatabase(typeof(Program).Assembly, logHoldsState: true);
        service.AddClient<StockFigures>("inventory");
        service.Subscribe("inventory", "availability", on => on
            .On<StockAvailabilityChanged>(KeepAvailability.Handle)
            .ReadAgainAfter(KeepAvailability.Forget));

        var app = service.Build();
        app.MapGet("/api/products", ListProducts.Handle).Produces<Page<ListedProduct>>();
        app.MapGet("/api/products/{idOrSlug}", ShowProduct.Handle).Produces<Product>();
        app.MapGet("/api/categories", ListCategories.Handle);
        app.MapPost("/api/products", CreateProduct.Handle).Produces<Product>(StatusCodes.Status201Created).ForStaff();
        app.MapPut("/api/products/{id:guid}", ReplaceProduct.Handle).Produces<Product>().ForStaff();
        app.MapDelete("/api/products/{id:guid}", DeleteProduct.Handle).ForStaff();
        app.MapPost("/api/products/import", ImportProducts.Handle).Accepts<string>("text/csv").Produces<ImportProducts.Report>()
            .TakesUpTo(ImportProducts.MostBytes).KeepsOwnTime().ForStaff();
        app.MapPost("/api/products/import/preview", PreviewImport.Handle).Accepts<string>("text/csv").Produces<PreviewImport.Preview>()
            .TakesUpTo(ImportProducts.MostBytes).KeepsOwnTime().ForStaff();
        app.MapGet("/api/products/export", ExportProducts.Handle).Produces<string>(contentType: "text/csv").KeepsOwnTime().ForStaff();
        app.MapGet("/api/products/{id:guid}/changes", ListChanges.Handle).ForStaff();
        app.MapPost("/api/pictures", AddPicture.Handle).TakesUpTo(AddPicture.MostBytes).ForStaff();
        app.MapPost("/internal/products/confirmations", ConfirmProducts.Handle).ForServices();
        app.MapGet("/pictures/{name}", ShowPicture.Handle);
        return app;
    }
}
