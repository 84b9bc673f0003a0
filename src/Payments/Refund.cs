using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Money on its way back to a buyer: <c>submitted → pending → succeeded | failed</c>, and <c>escalated</c> when only
/// a person can tell (P13). A succeeded one may still fail later.</summary>
public sealed record Refund
{
    /// <summary>Sent, or about to be; whether the provider has it is not known.</summary>
    public const string Submitted = "submitted";
    /// <summary>The provider has it, and its bank takes its time.</summary>
    public const string Pending = "pending";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    /// <summary>Not found at the provider when its key may have been forgotten: sent again it might go out twice.</summary>
    public const string Escalated = "escalated";

    public required Guid Id { get; init; }
    public required Guid AttemptId { get; init; }
    public required Guid OrderId { get; init; }
    public required long AmountMinor { get; init; }
    public required string Currency { get; init; }
    public required string IntentId { get; init; }
    public required string Form { get; init; }
    public required string ApiVersion { get; init; }
    public required string Status { get; init; }
    public string? ProviderRefundId { get; init; }
    public string? FailureCode { get; init; }
    public long Version { get; init; }
    public int Tries { get; init; }
    /// <summary>With it all of the payment goes back: Orders must agree before it is sent (P13).</summary>
    public bool AsksOrders { get; init; }
    public DateTimeOffset NextAttemptAt { get; init; }
    public DateTimeOffset LeaseUntil { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string Reason { get; init; }

    /// <summary>The member of staff; null: the store itself (P11).</summary>
    public Guid? RequestedBy { get; init; }

    public Money Amount => new(AmountMinor, Currency);

    /// <summary>Nothing was sent before this step: it was just made, and never claimed.</summary>
    public bool IsFirstSending => Version == 1;

    public RefundView View() => new(Id, AttemptId, OrderId, Amount, Status is Submitted or Escalated ? Pending : Status, FailureCode, CreatedAt, Reason, RequestedBy);

    /// <summary>What of a payment can still be given back. Every refund counts that has not failed: one under way may go through (P13).</summary>
    public static async Task<long> Room(Transaction tx, Attempt payment) => payment.AmountMinor - await tx.Scalar<long>(
        "SELECT COALESCE(CAST(SUM(amount_minor) AS BIGINT), 0) FROM refunds WHERE attempt_id = @Id AND status <> 'failed'", new { payment.Id });

    /// <summary>Records a refund; the order's lock is held, and there is room.</summary>
    /// <param name="asksOrders">See <see cref="AsksOrders"/>.</param>
    /// <param name="lease">How long the caller keeps it for itself; zero leaves it to the loop.</param>
    /// <param name="requestedBy">Null: the store itself.</param>
    public static async Task<Refund> Begin(Transaction tx, Guid id, Attempt payment, Money amount, string reason, Guid? requestedBy, bool asksOrders, TimeSpan lease)
    {
        await tx.Execute("""
            INSERT INTO refunds (id, attempt_id, order_id, amount_minor, currency, reason, requested_by, intent_id, form, api_version, status,
                asks_orders, version, tries, next_attempt_at, lease_until, created_at)
            VALUES (@id, @AttemptId, @OrderId, @Amount, @Currency, @reason, @requestedBy, @IntentId, @form, @ApiVersion, 'submitted',
                @asksOrders, 1, 0, @until, @until, @Now)
            """, new
        {
            id,
            AttemptId = payment.Id,
            payment.OrderId,
            amount.Amount,
            amount.Currency,
            reason,
            requestedBy,
            IntentId = payment.ChargedIntentId,
            form = StripeClient.RefundForm(payment.ChargedIntentId, amount, id),
            StripeClient.ApiVersion,
            asksOrders,
            until = tx.Now + lease,
            tx.Now,
        });
        return (await Find(tx, id))!;
    }

    public static Task<Refund?> Find(Sql sql, Guid id, CancellationToken stop = default) => sql.Find<Refund>(Select + " WHERE id = @id", new { id }, stop);

    /// <summary>Takes the refund for some calls to the provider, if nobody holds it. Committed before the first call (P1).</summary>
    public static Task<Refund?> Claim(Database database, Refund seen, CancellationToken stop) => database.Write(async tx =>
        await tx.Execute("""
            UPDATE refunds SET lease_until = @until, next_attempt_at = @until, version = version + 1
            WHERE id = @Id AND version = @Version AND lease_until <= @Now
            """, new { seen.Id, seen.Version, tx.Now, until = tx.Now + PaymentRules.Lease }) == 0 ? null : await Find(tx, seen.Id), stop);

    internal const string Select = """
        SELECT id, attempt_id, order_id, amount_minor, currency, intent_id, form, api_version, status, provider_refund_id, failure_code,
            asks_orders, version, tries, next_attempt_at, lease_until, created_at, reason, requested_by
        FROM refunds
        """;
}

/// <summary>A refund in the public API.</summary>
/// <param name="Status"><c>pending</c>, <c>succeeded</c> or <c>failed</c>; one that succeeded may fail later.</param>
/// <param name="FailureCode">The provider's reason when it failed.</param>
/// <param name="Reason">Why, in the words of whoever asked for it; may be empty.</param>
/// <param name="RequestedBy">The member of staff who asked for it; null when the store itself did.</param>
public sealed record RefundView(Guid Id, Guid PaymentId, Guid OrderId, Money Amount, string Status, string? FailureCode, DateTimeOffset CreatedAt,
    string Reason, Guid? RequestedBy);
