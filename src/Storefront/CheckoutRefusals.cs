using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>Why an order cannot be had as it is: which lines are at fault and what can be done about each.</summary>
public static class CheckoutRefusals
{
    public static async Task<IResult> Explain(Refusal refusal, CheckoutForm form, ShopApi api, CancellationToken stop) => Show.Page<CannotOrderPage>(new
    {
        Sold = refusal.Code is "out_of_stock",
        Lines = refusal.Member<RefusedLine[]>("items") ?? [],
        Names = await Names(refusal, form, api, stop),
        FromCart = form.CartId is not null,
    }, 409);

    /// <summary>What the cart calls its SKUs, or the order that was rejected; nothing where neither can be had now.</summary>
    private static async Task<Dictionary<string, string>> Names(Refusal refusal, CheckoutForm form, ShopApi api, CancellationToken stop)
    {
        if (form.CartId is not null && (await api.Cart(stop)).Value is { } cart)
            return cart.Items.Select(line => (line.Sku, line.Name)).Concat((cart.NotForSale ?? []).Select(line => (line.Sku, line.Name))).ToDictionary();
        return refusal.Member<Guid?>("orderId") is { } id && (await api.Order(id, stop)).Value is { } rejected ? rejected.Names() : [];
    }
}
