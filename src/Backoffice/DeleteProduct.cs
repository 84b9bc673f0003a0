namespace Stoa.Backoffice;

/// <summary>Takes a product out of the catalogue, as it was seen on the page.</summary>
public static class DeleteProduct
{
    public static async Task<IResult> Handle(Guid id, IFormCollection form, OfficeApi api, CancellationToken stop)
    {
        var answer = await api.DeleteProduct(id, ProductForm.Read(form).Version, stop);
        return answer switch
        {
            { Ok: true } or { Status: 404 } => Show.Next(Office.Path + "/products?done=deleted"),
            { Status: 412 } => await Changed(id, api, stop),
            _ => throw new PartDownException("The catalogue", answer.Status),
        };
    }

    /// <summary>It is shown as it is by now: who still wants it gone says so again.</summary>
    private static async Task<IResult> Changed(Guid id, OfficeApi api, CancellationToken stop)
    {
        var (product, categories) = (await api.Product(id, stop), await api.Categories(stop));
        if (product.Status is 404) return Show.Next(Office.Path + "/products?done=deleted");
        var form = ProductForm.Of(product.Needed("This product"), categories.Needed("The catalogue"));
        return await ShowProduct.Page(id, form, new ShowProduct.Outcome(Refused: "It was not deleted: somebody changed it meanwhile. This is how it is now."), categories, api, stop, 412);
    }
}
