using Stoa.Kernel;

namespace Stoa.Backoffice;

/// <summary>Saves what was typed about a product over the version that the page was made of, and over no other.</summary>
public static class ChangeProduct
{
    public static async Task<IResult> Handle(Guid id, IFormCollection form, OfficeApi api, StoaOptions options, CancellationToken stop)
    {
        var (typed, categories) = (ProductForm.Read(form), await api.Categories(stop));
        Task<IResult> Again(ShowProduct.Outcome became, int status = 200) => ShowProduct.Page(id, typed, became, categories, api, stop, status);
        if (form["do"] == "rows")
        {
            typed = typed.WithMoreRows();
            return await Again(new ShowProduct.Outcome());
        }

        typed = (await AddPictures.To(typed, form.Files, api, stop)).Checked(options.Currency);
        if (typed.Errors.Count > 0) return await Again(new ShowProduct.Outcome(), 422);
        if (categories.Value is null) return await Again(SaveOutcome.Down, 503);
        var answer = await api.ChangeProduct(id, typed.ToInput(options.Currency, categories.Value), typed.Version, stop);
        typed = typed.Refused(answer.Refusal);
        return answer switch
        {
            { Ok: true } => Show.Next(ShowProduct.Link(id) + "?done=saved"),
            { Status: 404 } => CreateProduct.Page(typed with { Version = "" }, new ShowProduct.Outcome(Gone: true), categories.Value, 404),
            { Status: 412 } => await ShowProduct.Conflict(id, typed, categories, api, stop),
            { Status: 401 } => throw new PartDownException("The catalogue", 401),
            _ => await Again(SaveOutcome.Of(answer), answer.Status),
        };
    }
}

/// <summary>What became of a product's form that the API did not take.</summary>
public static class SaveOutcome
{
    /// <summary>Said on the page itself, so that what was typed stays.</summary>
    public static readonly ShowProduct.Outcome Down = new(Refused: "The catalogue cannot be reached just now. Nothing was saved, and what you typed is still here: try again in a moment.");

    public static ShowProduct.Outcome Of(ApiAnswer<CatalogueProduct> answer) => answer switch
    {
        { IsDown: true } => Down,
        { Code: "validation" or "sku_taken" or "slug_taken" } => new(), // said at the fields
        _ => new(Refused: answer.Refusal.Detail ?? "The catalogue did not take it."),
    };
}
