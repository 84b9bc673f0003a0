using Stoa.Kernel;
using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>The checkout's first step: where it goes. Of the cart, or of one SKU that is bought straight away.</summary>
public static class StartCheckout
{
    public static async Task<IResult> Handle(string? sku, int? quantity, ShopApi api, Session session, CheckoutDraft draft, ShopSettings settings, Entropy entropy, CancellationToken stop)
    {
        if (!session.Exists) return Show.Next("/cart");
        // A new key: this is a new order, even if one like it was placed before.
        var form = draft.Read() ?? CheckoutForm.New(session.Name, settings.HomeCountry);
        form = await WithItems(form with { Key = entropy.NewId().ToString() }, sku, quantity, api, stop);
        return form.Items.Length == 0 ? Show.Next("/cart") : await Page(form, api, stop);
    }

    /// <summary>The form with a quote beside it, exact once the address is known.</summary>
    public static async Task<IResult> Page(CheckoutForm form, ShopApi api, CancellationToken stop, int status = 200)
    {
        var country = Countries.Name(form.Country) is null ? "US" : form.Country;
        var quote = await api.Quote(form.Items, country, null, null, stop);
        if (quote.Status is 409) return CheckoutRefusals.Explain(quote.Refusal, form);
        var unpaid = status is 200 ? await Unpaid(api, stop) : null;
        return Show.Page<CheckoutPage>(new { Form = form, Quote = quote.Needed(Texts.PartCheckout), Unpaid = unpaid }, status);
    }

    /// <summary>What is bought: the one SKU that the address names, else all that is in the cart now.</summary>
    public static async Task<CheckoutForm> WithItems(CheckoutForm form, string? sku, int? quantity, ShopApi api, CancellationToken stop)
    {
        if (sku is not null) return form with { Items = [new(sku, Math.Max(quantity ?? 1, 1))], CartId = null };
        var cart = (await api.Cart(stop)).Needed(Texts.YourCart);
        return form with { Items = [.. cart.Items.Select(line => new SkuQuantity(line.Sku, line.Quantity))], CartId = cart.Id };
    }

    /// <summary>Whoever comes here with an order still unpaid may have lost the way, and want that one.</summary>
    private static async Task<Order?> Unpaid(ShopApi api, CancellationToken stop) =>
        (await api.Orders(null, stop)).Value?.Items.FirstOrDefault(order => order.Status is "awaiting_payment");
}
