using Stoa.Kernel;
using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>The checkout's first step: where it goes. Of the cart, or of one SKU that is bought straight away.</summary>
public static class StartCheckout
{
    public static async Task<IResult> Handle(string? sku, int? quantity, ShopApi api, Session session, ShopSettings settings, Entropy entropy, CancellationToken stop)
    {
        if (!session.Exists) return Show.Next("/cart");
        var form = sku is null
            ? await OfCart(api, session, settings, entropy, stop)
            : CheckoutForm.New(entropy.NewId().ToString(), [new(sku, Math.Max(quantity ?? 1, 1))], null, session.Name, settings.HomeCountry);
        return form.Items.Length == 0 ? Show.Next("/cart") : await Page(form, api, stop);
    }

    /// <summary>The form with a quote beside it, exact once the address is known.</summary>
    public static async Task<IResult> Page(CheckoutForm form, ShopApi api, CancellationToken stop, int status = 200)
    {
        var country = Countries.Name(form.Country) is null ? "US" : form.Country;
        var quote = await api.Quote(form.Items, country, null, null, stop);
        if (quote.Status is 409) return CheckoutRefusals.Explain(quote.Refusal, form);
        return Show.Page<CheckoutPage>(new { Form = form, Quote = quote.Needed("The checkout") }, status);
    }

    private static async Task<CheckoutForm> OfCart(ShopApi api, Session session, ShopSettings settings, Entropy entropy, CancellationToken stop)
    {
        var cart = (await api.Cart(stop)).Needed("Your cart");
        return CheckoutForm.New(entropy.NewId().ToString(), [.. cart.Items.Select(line => new SkuQuantity(line.Sku, line.Quantity))], cart.Id, session.Name, settings.HomeCountry);
    }
}
