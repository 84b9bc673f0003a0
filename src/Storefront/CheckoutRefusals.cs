using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>Why an order cannot be had as it is: which lines are at fault and what can be done about each.</summary>
public static class CheckoutRefusals
{
    public static IResult Explain(Refusal refusal, CheckoutForm form) => Show.Page<CannotOrderPage>(new
    {
        Sold = refusal.Code is "out_of_stock",
        Lines = refusal.Member<RefusedLine[]>("items") ?? [],
        FromCart = form.CartId is not null,
    }, 409);
}
