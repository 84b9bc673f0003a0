using Stoa.Backoffice.Pages;
using Stoa.Kernel;

namespace Stoa.Backoffice;

/// <summary>One order: what was bought, what became of it at every service, and what can be done next.</summary>
public static class ShowOrder
{
    public static Task<IResult> Handle(Guid id, string? done, OfficeApi api, Entropy entropy, CancellationToken stop) =>
        Page(id, new Outcome(Done: done), api, entropy, stop);

    /// <param name="became">What became of a form of the page.</param>
    /// <param name="status">The refusal's.</param>
    public static async Task<IResult> Page(Guid id, Outcome became, OfficeApi api, Entropy entropy, CancellationToken stop, int status = 200)
    {
        var (order, refunds, stock, staff) = (api.Order(id, stop), api.Refunds(id, stop), api.StockOf(id, stop), api.Staff(stop));
        await Task.WhenAll(order, refunds, stock, staff);
        if ((await order).Status is 404) return Show.NotFound();
        var shown = (await order).Needed("This order");
        return Show.Page<OrderPage>(new
        {
            Order = shown,
            Customer = shown.BuyerId is { } buyer ? await api.GlanceAtCustomer(buyer, stop) : null,
            Refunds = (await refunds).Value?.Items,
            Story = Timeline.Of(shown, (await refunds).Value?.Items, (await stock).Value, await staff),
            Missing = Missing((await refunds).Ok, (await stock).Status is 200 or 404, shown.Payments is not null),
            RefundKey = entropy.NewId().ToString(),
            Became = became,
        }, status);
    }

    /// <summary>After a form: shows what was done, or the page again with why it was not.</summary>
    public static Task<IResult> After<T>(Guid id, string done, ApiAnswer<T> answer, OfficeApi api, Entropy entropy, CancellationToken stop) where T : class => answer switch
    {
        { Ok: true } => Task.FromResult(Show.Next($"{Office.Path}/orders/{id}?done={done}")),
        { Status: 404 } => Task.FromResult(Show.NotFound()),
        { IsDown: true } or { Status: 401 } => throw new PartDownException("This order", answer.Status),
        _ => Page(id, new Outcome(Refused: answer.Refusal), api, entropy, stop, answer.Status),
    };

    // What could not be asked is said: a story with a gap must not pass for the whole one.
    private static string[] Missing(bool refunds, bool stock, bool payments) =>
        [.. new[] { refunds ? null : "refunds", stock ? null : "stock", payments ? null : "payments" }.OfType<string>()];

    /// <param name="Done">What was done: "shipped", "delivered", "cancelled" or "refunded".</param>
    /// <param name="Refused">Why it was not.</param>
    public sealed record Outcome(string? Done = null, Refusal? Refused = null);
}
