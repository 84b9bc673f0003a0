using Stoa.Contracts;

namespace Stoa.Storefront;

// What the shop reads from the public API: only what its pages show. Unknown fields are ignored.

/// <summary>A page of a list; <paramref name="NextCursor"/> is null on the last one.</summary>
public sealed record ListPage<T>(T[] Items, string? NextCursor);

/// <summary>A product as a card shows it, and with its description as its own page shows it.</summary>
public sealed record Product(
    string Slug, string Name, string? Summary, string? Description, string? Category, string? ImageUrl,
    Money PriceFrom, bool InStock, Variant[] Variants, ProductOption[]? Options)
{
    /// <summary>The variant that the address names; else the first that can be bought.</summary>
    public Variant Choose(string? sku) =>
        Variants.FirstOrDefault(v => v.Sku == sku) ?? Variants.FirstOrDefault(v => v.InStock) ?? Variants[0];

    public bool HasPriceRange => Variants.Any(v => v.Price.Amount != PriceFrom.Amount);
}

public sealed record ProductOption(string Name, string[] Values);

public sealed record Variant(
    string Sku, string Name, Money Price, bool InStock, string? ImageUrl, Dictionary<string, string>? Options);

public sealed record Category(string Slug, string Name, int Products);

public sealed record Cart(Guid Id, CartLine[] Items, SetAside[]? NotForSale, Money Subtotal)
{
    public int Pieces => Items.Sum(line => line.Quantity);
}

public sealed record CartLine(string Sku, string Slug, string Name, int Quantity, Money UnitPrice, Money LineTotal);

/// <summary>A line that left the catalogue since it was put into the cart; it is no part of the sum.</summary>
public sealed record SetAside(string Sku, string Name, int Quantity);

public sealed record OrderLine(string Sku, string Name, int Quantity, Money UnitPrice, Money LineTotal);

public sealed record Quote(OrderLine[] Items, Money Subtotal, Money Shipping, Money Tax, Money Total);

public sealed record Order(
    Guid Id, string Number, string Status, OrderLine[] Items, Money Subtotal, Money Shipping, Money Tax, Money Total,
    DateTimeOffset? PayBy, DateTimeOffset CreatedAt, OrderStep[]? History, Address? ShippingAddress,
    string? Carrier, string? TrackingNumber, RefusedLine[]? Shortages, Payment[]? Payments);

public sealed record OrderStep(string Status, DateTimeOffset At);

public sealed record Address(
    string Name, string Line1, string? Line2, string City, string? Region, string? PostalCode, string Country);

public sealed record Payment(
    Guid Id, Guid OrderId, Money Amount, string Status, PaymentMethod? Method, string? NextActionUrl,
    string? DeclineCode, Money? Refunded, DateTimeOffset CreatedAt)
{
    /// <summary>The shopper pays on Stripe's own page, and chooses the card there.</summary>
    public bool IsOnStripesPage => Method?.Type == TestMethods.StripesPage;
}

public sealed record PaymentMethod(string Type, string? Brand, string? Last4);

public sealed record Tokens(string AccessToken, int ExpiresIn, string RefreshToken, User? User);

public sealed record User(Guid Id, string? Name, string? Email, bool EmailConfirmed);

/// <summary>A SKU and how many of it: what is put into carts and orders.</summary>
public sealed record SkuQuantity(string Sku, int Quantity);

/// <summary>An order to place: the lines with the totals that the shopper was shown.</summary>
public sealed record NewOrder(
    SkuQuantity[] Items, Money ShownTotal, Money ShownGrandTotal, Guid? CartId, string? Email, Address ShippingAddress);

/// <summary>A refusal (RFC 9457) with the extra members that pages explain.</summary>
public sealed record Refusal(
    string? Code, string? Detail, Dictionary<string, string[]>? Errors, Guid? OrderId, Money? CurrentTotal,
    string? DeclineCode, RefusedLine[]? Items)
{
    /// <summary>The errors as sentences, by the last part of the field's name: <c>shippingAddress.line1</c> is <c>line1</c>.</summary>
    /// <param name="labels">What each field is called; the API's messages go on from there ("must be …").</param>
    public Dictionary<string, string> FieldErrors(IReadOnlyDictionary<string, string> labels) => (Errors ?? [])
        .GroupBy(error => error.Key[(error.Key.LastIndexOf('.') + 1)..])
        .ToDictionary(field => field.Key, field => $"{labels.GetValueOrDefault(field.Key, field.Key)} {string.Join(", and ", field.SelectMany(error => error.Value))}.");

    public static Refusal Unknown { get; } = new(null, null, null, null, null, null, null);
}

public sealed record RefusedLine(string Sku, int? Requested, int? Available);
