using Stoa.Contracts;
using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>The second step: everything at one glance, with shipping and tax to this address, before it is placed.</summary>
public static class ReviewOrder
{
    /// <summary>Takes the address, keeps it, and leads to the review as a page of its own.</summary>
    public static async Task<IResult> Handle(IFormCollection fields, ShopApi api, Session session, CheckoutDraft draft, CancellationToken stop)
    {
        var form = CheckoutForm.Read(fields).Checked(emailNeeded: !session.IsSignedIn);
        if (form.Items.Length == 0) return Show.Next("/cart");
        if (form.Errors.Count > 0) return await StartCheckout.Page(form, api, stop, 422);
        return draft.Keep(form) ? Show.Next("/checkout/review" + form.ItemQuery) : await Page(form, api, stop);
    }

    /// <summary>Shows it, however often; once the order is placed, going back here leads to the order.</summary>
    public static async Task<IResult> Look(string? sku, int? quantity, ShopApi api, CheckoutDraft draft, CancellationToken stop)
    {
        if (draft.Order is { } order) return Show.Next($"/orders/{order}/pay");
        if (draft.Read() is not { } kept) return Show.Next("/checkout");
        var form = await StartCheckout.WithItems(kept, sku, quantity, api, stop);
        return form.Items.Length == 0 ? Show.Next("/cart") : await Page(form, api, stop);
    }

    public static async Task<IResult> Page(CheckoutForm form, ShopApi api, CancellationToken stop, Money? earlierTotal = null)
    {
        var quote = await api.Quote(form.Items, form.Country, form.Address.Region, form.Address.PostalCode, stop);
        if (quote.Status is 409) return CheckoutRefusals.Explain(quote.Refusal, form);
        if (quote.Status is 422) return await StartCheckout.Page(form.Refused(quote.Refusal), api, stop, 422);
        return Show.Page<ReviewPage>(new { Form = form, Quote = quote.Needed(Texts.PartCheckout), EarlierTotal = earlierTotal }, earlierTotal is null ? 200 : 409);
    }
}
