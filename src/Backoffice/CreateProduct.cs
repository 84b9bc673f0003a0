using Stoa.Backoffice.Pages;
using Stoa.Kernel;

namespace Stoa.Backoffice;

/// <summary>Puts a product into the catalogue.</summary>
public static class CreateProduct
{
    public static async Task<IResult> Form(OfficeApi api, CancellationToken stop) => Page(ProductForm.New(), new ShowProduct.Outcome(), (await api.Categories(stop)).Needed("The catalogue"));

    public static async Task<IResult> Handle(IFormCollection form, OfficeApi api, StoaOptions options, CancellationToken stop)
    {
        var (typed, categories) = (ProductForm.Read(form), await api.Categories(stop));
        if (form["do"] == "rows") return Page(typed.WithMoreRows(), new ShowProduct.Outcome(), categories.Value);
        typed = (await AddPictures.To(typed, form.Files, api, stop)).Checked(options.Currency);
        if (typed.Errors.Count > 0) return Page(typed, new ShowProduct.Outcome(), categories.Value, 422);
        if (categories.Value is null) return Page(typed, SaveOutcome.Down, null, 503);
        var answer = await api.CreateProduct(typed.ToInput(options.Currency, categories.Value), stop);
        return answer switch
        {
            { Ok: true, Value: { } made } => Show.Next(ShowProduct.Link(made.Id) + "?done=created"),
            { Status: 401 } => throw new PartDownException("The catalogue", 401),
            _ => Page(typed.Refused(answer.Refusal), SaveOutcome.Of(answer), categories.Value, answer.Status),
        };
    }

    public static IResult Page(ProductForm form, ShowProduct.Outcome became, Category[]? categories, int status = 200) =>
        Show.Page<ProductPage>(new { Id = (Guid?)null, Form = form, Became = became, Categories = categories ?? [] }, status);
}
