using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>One try at paying an order: one confirmation of the order's intent with one method,
/// by us or by the buyer on the provider's page.
/// <c>submitted → succeeded | declined | cancelled</c>, by way of <c>requires_action</c> and <c>processing</c>.</summary>
public sealed record Attempt
{
    /// <summary>Sent, or about to be; the provider's word is not known.</summary>
    public const string Submitted = "submitted";
    /// <summary>The provider has not made up its mind: a bank debit.</summary>
    public const string Processing = "processing";
    /// <summary>The buyer must say yes at the bank.</summary>
    public const string RequiresAction = "requires_action";
    public const string Succeeded = PaymentView.Succeeded;
    public const string Declined = "declined";
    /// <summary>The intent was canceled before anything was taken.</summary>
    public const string Cancelled = "cancelled";

    public required Guid Id { get; init; }
    public required Guid OrderId { get; init; }
    public required long AmountMinor { get; init; }
    public required string Currency { get; init; }

    /// <summary>What is open for it at the provider: the order's intent, or the session that stands for it.</summary>
    public required string IntentId { get; init; }

    /// <summary>The intent that a session made to take the money; null until it has, and where there is no session.</summary>
    public string? MadeIntentId { get; init; }
    public required string Form { get; init; }
    public required string ApiVersion { get; init; }
    public required string Status { get; init; }
    public string? NextActionUrl { get; init; }
    public string? DeclineCode { get; init; }
    public string? MethodType { get; init; }
    public string? MethodBrand { get; init; }
    public string? MethodLast4 { get; init; }
    public bool AfterClosure { get; init; }
    public long Version { get; init; }
    public int Tries { get; init; }
    public DateTimeOffset NextAttemptAt { get; init; }
    public DateTimeOffset LeaseUntil { get; init; }
    public DateTimeOffset LookedAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The trace in which it was made.</summary>
    public string? Trace { get; init; }

    /// <summary>The sum of its refunds that went through; read with the row.</summary>
    public long RefundedMinor { get; init; }

    public Money Amount => new(AmountMinor, Currency);

    /// <summary>The intent that holds the charge.</summary>
    public string ChargedIntentId => MadeIntentId ?? IntentId;

    /// <summary>The outcome is open.</summary>
    public bool IsUnfinished => Status is Submitted or Processing or RequiresAction;

    public PaymentMethodView? Method => MethodType is null ? null : new PaymentMethodView(MethodType, MethodBrand, MethodLast4);

    /// <summary>As the buyer, Orders and the API see it.</summary>
    public PaymentView View() => new(
        Id, OrderId, Amount, Status == Submitted ? Processing : Status, Method,
        Status == RequiresAction ? NextActionUrl : null, Status == Declined ? DeclineCode : null, new Money(RefundedMinor, Currency), CreatedAt);

    public static Task<Attempt?> Find(Sql sql, Guid id, CancellationToken stop = default) =>
        sql.Find<Attempt>(Select + " WHERE a.id = @id", new { id }, stop);

    /// <summary>The order's attempt that is unfinished or succeeded; there is one at most (P7).</summary>
    public static Task<Attempt?> Live(Sql sql, Guid orderId, CancellationToken stop = default) => sql.Find<Attempt>(
        Select + " WHERE a.order_id = @orderId AND a.status IN ('submitted', 'processing', 'requires_action', 'succeeded')", new { orderId }, stop);

    /// <summary>The last attempt made with an intent: whatever becomes of the intent is its outcome.</summary>
    public static Task<Attempt?> LastOf(Sql sql, string intentId, CancellationToken stop = default) =>
        sql.Find<Attempt>(Select + " WHERE a.intent_id = @intentId ORDER BY a.created_at DESC, a.id DESC LIMIT 1", new { intentId }, stop);

    /// <summary>Takes the attempt for some calls to the provider, if nobody holds it. Committed before the first call (P1).</summary>
    /// <returns>The attempt as claimed; null when somebody else has it, or it changed.</returns>
    public static Task<Attempt?> Claim(Database database, Attempt seen, CancellationToken stop) => database.Write(async tx =>
        await tx.Execute("""
            UPDATE attempts SET lease_until = @until, next_attempt_at = @until, looked_at = @Now, version = version + 1
            WHERE id = @Id AND version = @Version AND lease_until <= @Now
            """, new { seen.Id, seen.Version, tx.Now, until = tx.Now + PaymentRules.Lease }) == 0 ? null : await Find(tx, seen.Id), stop);

    internal const string Select = """
        SELECT a.id, a.order_id, a.amount_minor, a.currency, a.intent_id, a.made_intent_id, a.form, a.api_version, a.status, a.next_action_url,
            a.decline_code, a.method_type, a.method_brand, a.method_last4, a.after_closure, a.version, a.tries,
            a.next_attempt_at, a.lease_until, a.looked_at, a.created_at, a.trace,
            COALESCE((SELECT CAST(SUM(r.amount_minor) AS BIGINT) FROM refunds r WHERE r.attempt_id = a.id AND r.status = 'succeeded'), 0) AS refunded_minor
        FROM attempts a
        """;
}
