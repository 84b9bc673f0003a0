namespace Stoa.Storefront;

/// <summary>Sets a line's quantity; 0, or the line's remove button, takes it out.</summary>
public static class ChangeCart
{
    public static async Task<IResult> Handle(IFormCollection form, ShopApi api, CancellationToken stop)
    {
        var quantity = form.ContainsKey("remove") ? 0 : int.TryParse(form["quantity"], out var number) && number >= 0 ? number : -1;
        if (quantity < 0) return Show.Next("/cart?refused=quantity");
        var answer = await api.SetQuantity(new(form["sku"].ToString(), quantity), stop);
        if (answer.Status is 422) return Show.Next("/cart?refused=quantity");
        if (answer.Status is not 404) answer.Needed(Texts.YourCart);
        return Show.Next("/cart");
    }
}
