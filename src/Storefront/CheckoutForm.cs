using System.Text.RegularExpressions;

namespace Stoa.Storefront;

/// <summary>
/// All that a checkout carries from step to step, in the pages' forms and nowhere else: what is bought, where it goes,
/// and the key that makes placing it twice one order.
/// </summary>
public sealed partial record CheckoutForm(
    string Key, SkuQuantity[] Items, Guid? CartId, string Email, string Name, string Line1, string Line2,
    string City, string Region, string PostalCode, string Country)
{
    /// <summary>A field's name → what is wrong with it, in a sentence for the shopper.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    public static CheckoutForm New(string? name, string country) => new("", [], null, "", name ?? "", "", "", "", "", "", country);

    public static CheckoutForm Read(IFormCollection form) => new(
        Text(form, "key"), [.. form["item"].Select(Item).OfType<SkuQuantity>()],
        Guid.TryParse(form["cart"], out var cart) ? cart : null, Text(form, "email"), Text(form, "name"), Text(form, "line1"),
        Text(form, "line2"), Text(form, "city"), Text(form, "region"), Text(form, "postalCode"), Text(form, "country"));

    /// <summary>What we can see to be missing; the API has the last word when the order is placed.</summary>
    public CheckoutForm Checked(bool emailNeeded)
    {
        var errors = new Dictionary<string, string>();
        if (emailNeeded && !EmailShape().IsMatch(Email)) errors["email"] = Texts.EmailNeeded;
        if (Name.Length == 0) errors["name"] = Texts.NameNeeded;
        if (Line1.Length == 0) errors["line1"] = Texts.StreetNeeded;
        if (PostalCode.Length == 0) errors["postalCode"] = Texts.PostalCodeNeeded;
        if (City.Length == 0) errors["city"] = Texts.TownNeeded;
        if (Countries.Name(Country) is null) errors["country"] = Texts.CountryNeeded;
        return this with { Errors = errors };
    }

    /// <summary>The API's errors, each at its field: <c>shippingAddress.line1</c> is our <c>line1</c>.</summary>
    public CheckoutForm Refused(Refusal refusal) => this with { Errors = Objections.Of(refusal, Labels) };

    public Address Address => new(Name, Line1, Given(Line2), City, Given(Region), Given(PostalCode), Country);

    private static Dictionary<string, string> Labels => new()
    {
        ["email"] = Texts.FieldEmail,
        ["name"] = Texts.FieldName,
        ["line1"] = Texts.FieldStreet,
        ["line2"] = Texts.FieldSecondLine,
        ["city"] = Texts.FieldTown,
        ["region"] = Texts.FieldRegion,
        ["postalCode"] = Texts.FieldPostalCode,
        ["country"] = Texts.FieldCountry,
    };

    public string? GivenEmail => Given(Email);

    /// <summary>The query that names the one SKU of a purchase past the cart; empty for the cart's.</summary>
    public string ItemQuery => CartId is null && Items is [var one] ? $"?sku={Uri.EscapeDataString(one.Sku)}&quantity={one.Quantity}" : "";

    /// <summary>An item as a hidden field holds it: the quantity, a space, the SKU.</summary>
    public static string Field(SkuQuantity item) => $"{item.Quantity} {item.Sku}";

    private static SkuQuantity? Item(string? field) =>
        field?.Split(' ', 2) is [var quantity, { Length: > 0 } sku] && int.TryParse(quantity, out var number) && number > 0 ? new(sku, number) : null;

    private static string Text(IFormCollection form, string name) => form[name].ToString().Trim();

    private static string? Given(string text) => text.Length == 0 ? null : text;

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    private static partial Regex EmailShape();
}
