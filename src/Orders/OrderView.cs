using System.Text.Json.Serialization;
using Stoa.Contracts;

namespace Stoa.Orders;

/// <summary>A line of an order or a quote, at the price that counts.</summary>
public sealed record OrderLine(string Sku, string Name, int Quantity, Money UnitPrice)
{
    public Money LineTotal => UnitPrice.Times(Quantity);
}

/// <summary>An order as its buyer sees it in an answer or a list. It holds no personal data, for answers are kept with
/// their Idempotency-Key, out of reach of an erasure.</summary>
public record OrderView(
    Guid Id, string Number, string Status, OrderLine[] Items, Money Subtotal, Money Shipping, Money Tax, Money Total,
    DateTimeOffset? PayBy, DateTimeOffset CreatedAt)
{
    public static OrderView Of(Order order) => new(
        order.Id, order.Number, order.Status, order.Lines, new Money(order.SubtotalMinor, order.Currency),
        new Money(order.ShippingMinor, order.Currency), new Money(order.TaxMinor, order.Currency), order.Total,
        order.PayBy, order.CreatedAt);
}

/// <summary>One order with all that belongs to it.</summary>
public sealed record OrderDetail : OrderView
{
    public OrderDetail(Order order, OrderStep[] history, PaymentView[]? payments) : base(Of(order))
    {
        (Email, ShippingAddress, Shortages) = (order.Email, order.Address, order.Shortages ?? []);
        (Carrier, TrackingNumber) = (order.Carrier, order.TrackingNumber);
        (History, Payments) = ([.. history.Select(step => step with { ActorId = null })], payments);
    }

    /// <summary>Whose it is: told to staff alone.</summary>
    [JsonPropertyOrder(1)]
    public Guid? BuyerId { get; init; }

    [JsonPropertyOrder(1)]
    public string? Email { get; }

    [JsonPropertyOrder(1)]
    public Address? ShippingAddress { get; }

    /// <summary>Of a rejected order: the lines at fault.</summary>
    [JsonPropertyOrder(1)]
    public Shortage[] Shortages { get; }

    [JsonPropertyOrder(1)]
    public string? Carrier { get; }

    [JsonPropertyOrder(1)]
    public string? TrackingNumber { get; }

    /// <summary>The states it entered, oldest first.</summary>
    [JsonPropertyOrder(1)]
    public OrderStep[] History { get; init; }

    /// <summary>Null while Payments cannot be asked.</summary>
    [JsonPropertyOrder(1)]
    public PaymentView[]? Payments { get; }
}

/// <summary>A state, when it was entered, and to staff who of them moved it there; null where the buyer or the store itself did.</summary>
public sealed record OrderStep(string Status, DateTimeOffset At, Guid? ActorId);
