using System.Globalization;
using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>One product as a form, with who changed what of it; of one that is gone, what it was.</summary>
public static class ShowProduct
{
    public static string Link(Guid id) => $"{Office.Path}/products/{id}";

    public static async Task<IResult> Handle(Guid id, string? done, string? cursor, OfficeApi api, CancellationToken stop)
    {
        var (product, categories) = (api.Product(id, stop), api.Categories(stop));
        await Task.WhenAll(product, categories);
        if ((await product).Status is 404) return await Gone(id, cursor, api, stop);
        var form = ProductForm.Of((await product).Needed("This product"), (await categories).Needed("The catalogue"));
        return await Page(id, form, new Outcome(Done: done), await categories, api, stop, cursor: cursor);
    }

    /// <summary>The page with a form as it was typed: nothing of it is lost, whatever the API said.</summary>
    /// <param name="id">The product's.</param>
    /// <param name="form">What its fields hold.</param>
    /// <param name="became">What became of it.</param>
    /// <param name="categories">To choose from.</param>
    /// <param name="api">Asked for the history.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="status">The refusal's.</param>
    /// <param name="cursor">Where in the history.</param>
    public static async Task<IResult> Page(
        Guid id, ProductForm form, Outcome became, ApiAnswer<Category[]> categories, OfficeApi api, CancellationToken stop, int status = 200, string? cursor = null)
    {
        var (changes, staff) = (api.Changes(id, cursor, stop), api.Staff(stop));
        await Task.WhenAll(changes, staff);
        var history = (await changes).Value;
        return Show.Page<ProductPage>(new
        {
            Id = (Guid?)id,
            Form = form,
            Became = became,
            Categories = categories.Value ?? [],
            Story = history is null ? null : ProductStory.Of(history.Items, await staff),
            NextChanges = history?.NextCursor,
            Earlier = cursor is not null,
        }, status);
    }

    /// <summary>Somebody else's version came first: theirs is told beside what was typed, which the next click saves over it.</summary>
    public static async Task<IResult> Conflict(Guid id, ProductForm typed, ApiAnswer<Category[]> categories, OfficeApi api, CancellationToken stop)
    {
        var changes = (await api.Changes(id, null, stop)).Needed("The history of this product").Items;
        var since = long.TryParse(typed.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? changes.TakeWhile(change => change.Version > seen).ToArray() : changes;
        var theirs = ProductStory.Of(since, await api.Staff(stop));
        var form = typed with { Version = changes[0].Version.ToString(CultureInfo.InvariantCulture) };
        return await Page(id, form, new Outcome(Theirs: theirs), categories, api, stop, 412);
    }

    private static async Task<IResult> Gone(Guid id, string? cursor, OfficeApi api, CancellationToken stop)
    {
        var (changes, staff) = (api.Changes(id, cursor, stop), api.Staff(stop));
        await Task.WhenAll(changes, staff);
        if ((await changes).Status is 404) return Show.NotFound();
        var history = (await changes).Needed("The history of this product");
        return Show.Page<GoneProductPage>(new { Id = id, Story = ProductStory.Of(history.Items, await staff), NextChanges = history.NextCursor, Earlier = cursor is not null }, 404);
    }

    /// <param name="Done">What was done: "created" or "saved".</param>
    /// <param name="Refused">Why it was not, where it is not said at the fields.</param>
    /// <param name="Theirs">What others changed meanwhile.</param>
    /// <param name="Gone">It was deleted meanwhile: what was typed can make it anew.</param>
    public sealed record Outcome(string? Done = null, string? Refused = null, ProductStory.Entry[]? Theirs = null, bool Gone = false);
}
