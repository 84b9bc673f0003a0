using Stoa.Backoffice.Pages;
using Stoa.Kernel;

namespace Stoa.Backoffice;

/// <summary>One SKU: how many there are, why, and a form to set it right.</summary>
public static class ShowStock
{
    public static string Link(string sku) => $"{Office.Path}/stock/{Uri.EscapeDataString(sku)}";

    public static Task<IResult> Handle(string sku, string? done, string? cursor, OfficeApi api, Entropy entropy, CancellationToken stop) =>
        Page(sku, new Outcome(Done: done is not null), cursor, api, entropy, stop);

    /// <param name="became">What became of the page's form.</param>
    /// <param name="status">The refusal's.</param>
    public static async Task<IResult> Page(string sku, Outcome became, string? cursor, OfficeApi api, Entropy entropy, CancellationToken stop, int status = 200)
    {
        var (stock, movements, staff) = (api.Stock(sku, stop), api.Movements(sku, cursor, stop), api.Staff(stop));
        await Task.WhenAll(stock, movements, staff);
        if ((await stock).Status is 404) return Show.NotFound();
        return Show.Page<SkuPage>(new
        {
            Stock = (await stock).Needed("This SKU"),
            Movements = (await movements).Needed("The history of this SKU"),
            Staff = (await staff).ToDictionary(one => one.Id, one => one.Name),
            Key = entropy.NewId().ToString(),
            Earlier = cursor is not null,
            Became = became,
        }, status);
    }

    /// <param name="Done">Stock was adjusted.</param>
    /// <param name="Refused">Why it was not.</param>
    /// <param name="Delta">As it was typed.</param>
    /// <param name="Reason">As it was typed.</param>
    public sealed record Outcome(bool Done = false, Refusal? Refused = null, string? Delta = null, string? Reason = null);
}
