namespace Stoa.Storefront;

/// <summary>
/// Pays. Whatever the outcome, the next page is reached by a redirect and reads it from Payments, so that reloading and
/// going back never pay again. The bank's page is a link on ours: a form may lead nowhere but to this shop (CSP), nor may what it is
/// redirected to. To Stripe's page ours leads on by itself, so that paying there is one click.
/// </summary>
public static class PayOrder
{
    public static async Task<IResult> Handle(Guid id, IFormCollection form, ShopApi api, ShopSettings settings, CancellationToken stop)
    {
        var returnUrl = $"{settings.PublicUrl}/orders/{id}/bank";
        var answer = await api.Pay(id, form["method"].ToString(), returnUrl, form["key"].ToString(), stop);
        return answer switch
        {
            { Ok: true, Value: { Status: "requires_action", IsOnStripesPage: true } } => Show.Next($"/orders/{id}/pay?onward=yes"),
            { Ok: true, Value.Status: "requires_action" } => Show.Next($"/orders/{id}/pay"),
            { Ok: true } => Show.Next($"/orders/{id}"),
            { Code: "payment_declined" or "idempotency_key_reused" } => Show.Next($"/orders/{id}/pay"),
            { Code: "order_already_paid" or "order_closed" or "order_not_ready" or "payment_in_flight" or "request_in_progress" } => Show.Next($"/orders/{id}"),
            { Status: 404 } => Show.NotFound(),
            { Code: "validation" or "malformed" } => Show.Next($"/orders/{id}/pay?choose=yes"),
            _ => throw new PartDownException(Texts.PartPayment, answer.Status),
        };
    }
}
