using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Storefront;

/// <summary>Places the order that the shopper has just looked at, once, at the totals that the page showed.</summary>
public static class PlaceOrder
{
    public static async Task<IResult> Handle(IFormCollection fields, ShopApi api, CheckoutDraft draft, Entropy entropy, CancellationToken stop)
    {
        var form = CheckoutForm.Read(fields);
        if (form.Items.Length == 0 || Shown(fields, "subtotal") is not { } subtotal || Shown(fields, "total") is not { } total) return Show.Next("/cart");

        var order = new NewOrder(form.Items, subtotal, total, form.CartId, form.GivenEmail, form.To.ToAddress());
        var answer = await api.PlaceOrder(order, form.IdempotencyKey, stop);
        if (answer.Value is { } placed) draft.Keep(form, placed.Id);
        // Its key is used up, by the rejected order (I3) or by one that we do not remember: the next try is another order.
        if (answer.Code is "out_of_stock" || answer.Code is "idempotency_key_reused" && draft.Order is null) draft.Keep(form with { Key = entropy.NewId().ToString() });
        return answer switch
        {
            { Ok: true, Value: { } made } => Show.Next(made.Status is "awaiting_payment" ? $"/orders/{made.Id}/pay" : $"/orders/{made.Id}"),
            { Code: "price_changed" } => await ReviewOrder.Page(form, api, stop, earlierTotal: total),
            { Code: "out_of_stock" or "not_for_sale" } => await CheckoutRefusals.Explain(answer.Refusal, form, api, stop),
            { Code: "cart_empty" } => Show.Next("/cart"),
            // The same page was sent before, with other fields, and made an order: show it instead of making another.
            { Code: "idempotency_key_reused" or "request_in_progress" } => Show.Next("/orders?placed=already"),
            { Code: "validation" } => await StartCheckout.Page(form.Refused(answer.Refusal), [], api, stop, 422),
            _ => throw new PartDownException(Texts.PartCheckout, answer.Status),
        };
    }

    private static Money? Shown(IFormCollection fields, string name) =>
        long.TryParse(fields[name], out var amount) && fields["currency"].ToString() is { Length: 3 } currency ? new Money(amount, currency) : null;
}
