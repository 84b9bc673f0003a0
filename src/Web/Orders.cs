using Stoa.Contracts;

namespace Stoa.Web;

// Orders and payments as the public API tells them, as far as pages show them. Unknown fields are ignored.

public sealed record OrderLine(string Sku, string Name, int Quantity, Money UnitPrice, Money LineTotal);

public sealed record Order(
    Guid Id, string Number, string Status, OrderLine[] Items, Money Subtotal, Money Shipping, Money Tax, Money Total,
    DateTimeOffset? PayBy, DateTimeOffset CreatedAt, OrderStep[]? History, Guid? BuyerId, string? Email, Address? ShippingAddress,
    string? Carrier, string? TrackingNumber, RefusedLine[]? Shortages, Payment[]? Payments)
{
    /// <summary>SKU → what it is called.</summary>
    public Dictionary<string, string> Names() => Items.DistinctBy(line => line.Sku).ToDictionary(line => line.Sku, line => line.Name);
}

/// <summary>A state and when it was entered; to staff also which of them moved it.</summary>
public sealed record OrderStep(string Status, DateTimeOffset At, Guid? ActorId = null);

public sealed record Address(
    string Name, string Line1, string? Line2, string City, string? Region, string? PostalCode, string Country);

public sealed record Payment(
    Guid Id, Guid OrderId, Money Amount, string Status, PaymentMethod? Method, string? NextActionUrl,
    string? DeclineCode, Money? Refunded, DateTimeOffset CreatedAt)
{
    /// <summary>The shopper pays on Stripe's own page, and chooses the card there.</summary>
    public bool IsOnStripesPage => Method?.Type == PaymentMethod.StripesPage;
}

public sealed record PaymentMethod(string Type, string? Brand, string? Last4)
{
    /// <summary>The type of what is paid on Stripe's own page, as long as no card was chosen there.</summary>
    public const string StripesPage = "checkout";
}

/// <summary>A line at fault in a refusal or a rejected order.</summary>
public sealed record RefusedLine(string Sku, int? Requested, int? Available);
