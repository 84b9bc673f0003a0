using System.Text.Json;
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

/// <summary>A product as lists show it.</summary>
public sealed record ListedProduct(Guid Id, string Slug, string Name, string? Category, string? ImageUrl, Money PriceFrom, bool InStock, ListedVariant[] Variants);

public sealed record ListedVariant(string Sku, string Name);

/// <summary>A product as it is edited.</summary>
public sealed record CatalogueProduct(
    Guid Id, string Slug, string Name, string? Summary, string? Category, CatalogueVariant[] Variants, string? Description, CatalogueOption[]? Options,
    string[]? Tags, string[]? Images, long Version);

public sealed record CatalogueVariant(string Sku, string Name, Money Price, Dictionary<string, string>? Options, string? ImageUrl);

public sealed record CatalogueOption(string Name, string[] Values);

public sealed record Category(string Slug, string Name);

/// <summary>Who changed a product and when; what was before and after, except for changes from before that was kept.</summary>
public sealed record ProductChange(long Version, string Kind, Guid MadeBy, DateTimeOffset At, Difference[]? Differences);

public sealed record Difference(string Field, string? Sku, JsonElement? Before, JsonElement? After);

public sealed record AddedPicture(string Url);

public sealed record Stock(string Sku, long OnHand, long Reserved, long Available);

/// <summary>Why on hand changed: an order's goods, or what staff counted, received or wrote off.</summary>
/// <param name="OnHandAfter">What an adjustment left; null for orders.</param>
public sealed record StockMovement(string Kind, long Quantity, Guid? OrderId, string? Reason, Guid? MadeBy, long? OnHandAfter, DateTimeOffset At)
{
    public long? OnHandBefore => OnHandAfter - Quantity;
}

/// <summary>How the store's processes are and were.</summary>
public sealed record Operations(DateTimeOffset At, StoreProcess[] Processes);

/// <param name="State">"ready", "not_ready", "not_answering", "down", or what its supervisor says: "starting", "restarting", "failed", "stopped".</param>
/// <param name="Restarts">Null where nobody counts them.</param>
/// <param name="Facts">What it told of itself; null when it did not answer.</param>
public sealed record StoreProcess(string Name, string Service, string State, int? Restarts, ProcessFacts? Facts);

/// <param name="DeadLetters">Only subscriptions that have some; null where they could not be counted.</param>
public sealed record ProcessFacts(
    string Version, DateTimeOffset StartedAt, ProcessNow Now, ProcessMinute[] Hour, ProcessSubscription[] Subscriptions, ParkedEvents[]? DeadLetters);

public sealed record ProcessNow(double RequestsPerSecond, double FailureRatio, double? P50Ms, double? P99Ms);

public sealed record ProcessMinute(DateTimeOffset At, int Requests, int Failures, double? P50Ms, double? P99Ms);

public sealed record ProcessSubscription(string Source, string Purpose, long Position, bool ReachedHead, bool Diverged, double LagSeconds);

public sealed record ParkedEvents(string Source, string Purpose, long Letters);

public sealed record OrderCounts(OrderCount[] Items);

public sealed record OrderCount(string Status, long Orders);

/// <summary>What a product CSV would do.</summary>
public sealed record ImportPreview(int Created, int Updated, int Unchanged, FailedLine[] Failed, int FailedLines, PlannedProduct[] Products);

/// <summary>What a product CSV did.</summary>
public sealed record ImportReport(int Created, int Updated, int Unchanged, FailedLine[] Failed, int FailedLines);

public sealed record FailedLine(int Line, string Reason);

public sealed record PlannedProduct(int Line, string Name, Guid? ProductId, int Variants, Difference[]? Differences);
