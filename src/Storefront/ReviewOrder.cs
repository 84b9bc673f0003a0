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
        if (draft.Order is { } made && draft.Read()?.Key == form.Key) return Show.Next($"/orders/{made}/pay"); // in another tab
        if (form.Errors.Count > 0) return await StartCheckout.Page(form, [], api, stop, 422);
        // Two tabs may have begun at the same moment: the key that the browser kept is both's.
        if (draft is { Order: null } && draft.Read() is { } kept) form = form with { Key = kept.Key };
        var notKept = form.KeepsAddress && session.IsSignedIn && !(await api.AddAddress(NewAddress.Of(form.To, isDefault: false), stop)).Ok;
        if (!draft.Keep(form)) return await Page(form, api, stop, notKept: notKept);
        return Show.Next("/checkout/review" + (notKept ? form.ItemQuery.Length == 0 ? "?kept=no" : form.ItemQuery + "&kept=no" : form.ItemQuery));
    }

    /// <summary>Shows it, however often; once the order is placed, going back here leads to the order.</summary>
    public static async Task<IResult> Look(string? sku, int? quantity, string? kept, ShopApi api, CheckoutDraft draft, CancellationToken stop)
    {
        if (draft.Order is { } order) return Show.Next($"/orders/{order}/pay");
        if (draft.Read() is not { To.IsBlank: false } typed) return Show.Next("/checkout");
        var form = await StartCheckout.WithItems(typed, sku, quantity, api, stop);
        return form.Items.Length == 0 ? Show.Next("/cart") : await Page(form, api, stop, notKept: kept is "no");
    }

    public static async Task<IResult> Page(CheckoutForm form, ShopApi api, CancellationToken stop, Money? earlierTotal = null, bool notKept = false)
    {
        var quote = await api.Quote(form.Items, form.To.Country, form.To.ToAddress().Region, form.To.ToAddress().PostalCode, stop);
        if (quote.Status is 409) return await CheckoutRefusals.Explain(quote.Refusal, form, api, stop);
        if (quote.Status is 422) return await StartCheckout.Page(form.Refused(quote.Refusal), [], api, stop, 422);
        return Show.Page<ReviewPage>(new { Form = form, Quote = quote.Needed(Texts.PartCheckout), EarlierTotal = earlierTotal, NotKept = notKept }, earlierTotal is null ? 200 : 409);
    }
}
