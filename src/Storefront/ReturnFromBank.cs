using Microsoft.AspNetCore.Mvc;
using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>
/// Where the bank sends the shopper back to. What the bank decided is read from Payments, never from this address; it
/// may take a moment to arrive, so the page asks again a few times by itself. Only who turned back on Stripe's page need not wait.
/// </summary>
public static class ReturnFromBank
{
    private const int MostLooks = 8;

    public static async Task<IResult> Handle(Guid id, int? look, [FromQuery(Name = "redirect_status")] string? said, ShopApi api, CancellationToken stop)
    {
        var last = ShowPayment.Latest((await api.Payments(id, stop)).Value);
        var looks = Math.Clamp(look ?? 0, 0, MostLooks);
        return last?.Status is "requires_action" && said is not "canceled" && looks < MostLooks
            ? Show.Page<AskingBankPage>(new { OrderId = id, NextLook = looks + 1 })
            : LeadOn(id, last);
    }

    /// <summary>While the provider had not said yet, the order's page comes by here each time it looks again: a payment
    /// that came to ask for the bank, or was declined, is gone on with where payments are made.</summary>
    public static async Task<IResult> AfterWait(Guid id, ShopApi api, CancellationToken stop) =>
        LeadOn(id, ShowPayment.Latest((await api.Payments(id, stop)).Value));

    private static IResult LeadOn(Guid id, Payment? last) =>
        Show.Next(last?.Status is "succeeded" or "processing" ? $"/orders/{id}" : $"/orders/{id}/pay");
}
