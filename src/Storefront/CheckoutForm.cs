using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Stoa.Storefront;

/// <summary>
/// All that a checkout carries from step to step, in the pages' forms and nowhere else: what is bought, where it goes,
/// and the key that makes placing it twice one order.
/// </summary>
public sealed partial record CheckoutForm(string Key, SkuQuantity[] Items, Guid? CartId, string Email, AddressForm To)
{
    /// <summary>A field's name → what is wrong with it, in a sentence for the shopper.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    /// <summary>The address is to stand in the shopper's address book from now on.</summary>
    public bool KeepsAddress { get; init; }

    public static CheckoutForm Read(IFormCollection form) => new(
        form["key"].ToString(), [.. form["item"].Select(Item).OfType<SkuQuantity>()],
        Guid.TryParse(form["cart"], out var cart) ? cart : null, form["email"].ToString().Trim(), AddressForm.Read(form))
    {
        KeepsAddress = form.ContainsKey("keep"),
    };

    /// <summary>What we can see to be missing; the API has the last word when the order is placed.</summary>
    public CheckoutForm Checked(bool emailNeeded)
    {
        var email = new Dictionary<string, string>();
        if (emailNeeded && !EmailShape().IsMatch(Email)) email["email"] = Texts.EmailNeeded;
        return this with { Errors = new Dictionary<string, string>([.. email, .. To.Missing()]) }; // as they stand on the page
    }

    /// <summary>The API's errors, each at its field: <c>shippingAddress.line1</c> is our <c>line1</c>.</summary>
    public CheckoutForm Refused(Refusal refusal) => this with
    {
        Errors = Objections.Of(refusal, new Dictionary<string, string>(AddressForm.Labels) { ["email"] = Texts.FieldEmail }),
    };

    public string? GivenEmail => Email.Length == 0 ? null : Email;

    /// <summary>The query that names the one SKU of a purchase past the cart; empty for the cart's.</summary>
    public string ItemQuery => CartId is null && Items is [var one] ? $"?sku={Uri.EscapeDataString(one.Sku)}&quantity={one.Quantity}" : "";

    /// <summary>What makes placing it twice one order (I1). All tabs of a checkout have its <see cref="Key"/>; what is bought past the
    /// cart meanwhile is an order of its own.</summary>
    public string IdempotencyKey => ItemQuery.Length == 0 ? Key : $"{Key}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ItemQuery)))[..16]}";

    /// <summary>An item as a hidden field holds it: the quantity, a space, the SKU.</summary>
    public static string Field(SkuQuantity item) => $"{item.Quantity} {item.Sku}";

    private static SkuQuantity? Item(string? field) =>
        field?.Split(' ', 2) is [var quantity, { Length: > 0 } sku] && int.TryParse(quantity, out var number) && number > 0 ? new(sku, number) : null;

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    private static partial Regex EmailShape();
}
