using Stoa.Kernel;
using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>The checkout's first step: where it goes. Of the cart, or of one SKU that is bought straight away.</summary>
public static class StartCheckout
{
    public static async Task<IResult> Handle(string? sku, int? quantity, Guid? address, ShopApi api, Session session, CheckoutDraft draft, ShopSettings settings, Entropy entropy, CancellationToken stop)
    {
        if (!session.Exists) return Show.Next("/cart");
        var form = draft.Read() ?? new CheckoutForm("", [], null, "", AddressForm.Empty(session.Name, settings.HomeCountry));
        // All tabs of a checkout have one key, so that they make one order. Once it is made, this is another one, even if it is like it.
        if (form.Key.Length == 0 || draft.Order is not null) form = form with { Key = entropy.NewId().ToString() };
        form = await WithItems(form, sku, quantity, api, stop);
        if (form.Items.Length == 0) return Show.Next("/cart");
        var book = session.IsSignedIn ? ShowAddresses.Sorted((await api.Addresses(stop)).Value) : [];
        if (Chosen(book, address, form.To) is { } saved) form = form with { To = AddressForm.Of(saved) };
        draft.Keep(form);
        return await Page(form, book, api, stop);
    }

    /// <summary>The saved address that was asked for; else, while nobody has typed one, the first.</summary>
    private static SavedAddress? Chosen(SavedAddress[] book, Guid? asked, AddressForm typed) =>
        Array.Find(book, address => address.Id == asked) ?? (typed.IsBlank ? book.FirstOrDefault() : null);

    /// <summary>The form with a quote beside it, exact once the address is known.</summary>
    public static async Task<IResult> Page(CheckoutForm form, SavedAddress[] book, ShopApi api, CancellationToken stop, int status = 200)
    {
        var country = Countries.Name(form.To.Country) is null ? "US" : form.To.Country;
        var quote = await api.Quote(form.Items, country, null, null, stop);
        if (quote.Status is 409) return await CheckoutRefusals.Explain(quote.Refusal, form, api, stop);
        var unpaid = status is 200 ? await Unpaid(api, stop) : null;
        return Show.Page<CheckoutPage>(new { Form = form, Quote = quote.Needed(Texts.PartCheckout), Unpaid = unpaid, Book = book }, status);
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
