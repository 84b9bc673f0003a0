using System.Globalization;
using Stoa.Kernel;

namespace Stoa.Backoffice;

/// <summary>Goods were counted, received or written off, for a reason. A second click adjusts nothing twice: the page's form has
/// a key of its own.</summary>
public static class AdjustStock
{
    private static readonly Refusal NoNumber = new("validation", "How many came or went is a whole number, such as 12 or -3.", null);

    public static async Task<IResult> Handle(string sku, IFormCollection form, OfficeApi api, Entropy entropy, CancellationToken stop)
    {
        var (typed, reason) = (form["delta"].ToString().Trim(), form["reason"].ToString().Trim());
        var outcome = new ShowStock.Outcome(Delta: typed, Reason: reason);
        if (!long.TryParse(typed.Replace('−', '-'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var delta))
            return await ShowStock.Page(sku, outcome with { Refused = NoNumber }, null, api, entropy, stop, 422);
        var answer = await api.Adjust(sku, delta, reason, form["key"].ToString(), stop);
        return answer switch
        {
            { Ok: true } => Show.Next(ShowStock.Link(sku) + "?done=adjusted"),
            { Status: 404 } => Show.NotFound(),
            { IsDown: true } or { Status: 401 } => throw new PartDownException("The stock", answer.Status),
            _ => await ShowStock.Page(sku, outcome with { Refused = answer.Refusal }, null, api, entropy, stop, answer.Status),
        };
    }
}
