using Stoa.Contracts;

namespace Stoa.Backoffice;

// What the back office reads from the public API beside what every site reads: only what its pages show.

public sealed record StaffMember(Guid Id, string Name, string Email, string[] Roles);

public sealed record Customer(Guid Id, string Name, string Email, bool EmailConfirmed, DateTimeOffset CreatedAt);

public sealed record Refund(
    Guid Id, Guid PaymentId, Guid OrderId, Money Amount, string Status, string? FailureCode, DateTimeOffset CreatedAt, string? Reason, Guid? RequestedBy);

/// <summary>What Inventory did for an order: its decision, and the goods that left the shelf and came back.</summary>
public sealed record OrderStock(string Decision, DateTimeOffset DecidedAt, OrderMovement[] Movements);

public sealed record OrderMovement(string Sku, string Kind, long Quantity, DateTimeOffset At);

public sealed record StockedProduct(string Name, StockedVariant[] Variants);

public sealed record StockedVariant(string Sku, string Name);

public sealed record Stock(string Sku, long OnHand, long Reserved, long Available);

/// <summary>Why on hand changed: an order's goods, or what staff counted, received or wrote off.</summary>
public sealed record StockMovement(string Kind, long Quantity, Guid? OrderId, string? Reason, Guid? MadeBy, DateTimeOffset At);
