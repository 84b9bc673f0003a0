using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>The second step: everything at one glance, with shipping and tax to this address, before it is placed.</summary>
public static class ReviewOrder
{
    public static async Task<IResult> Handle(IFormCollection fields, ShopApi api, Session session, CancellationToken stop)
    {
        var form = CheckoutForm.Read(fields).Checked(emailNeeded: !session.IsSignedIn);
        if (form.Items.Length == 0) return Show.Next("/cart");
        if (fields.ContainsKey("edit")) return await StartCheckout.Page(form with { Errors = new Dictionary<string, string>() }, api, stop);
        if (form.Errors.Count > 0) return await StartCheckout.Page(form, api, stop, 422);
        return await Page(form, api, stop);
    }

    public static async Task<IResult> Page(CheckoutForm form, ShopApi api, CancellationToken stop, Contracts.Money? earlierTotal = null)
    {
        var quote = await api.Quote(form.Items, form.Country, form.Address.Region, form.Address.PostalCode, stop);
        if (quote.Status is 409) return CheckoutRefusals.Explain(quote.Refusal, form);
        if (quote.Status is 422) return await StartCheckout.Page(form.Refused(quote.Refusal), api, stop, 422);
        return Show.Page<ReviewPage>(new { Form = form, Quote = quote.Needed("The checkout"), EarlierTotal = earlierTotal }, earlierTotal is null ? 200 : 409);
    }
}
