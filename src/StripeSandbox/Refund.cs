using System.Text.Json.Nodes;

namespace Stoa.StripeSandbox;

/// <summary>A Refund (https://docs.stripe.com/api/refunds/object).</summary>
public sealed record Refund
{
    public const string Pending = "pending";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";

    public required string Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string Charge { get; init; }
    public required string PaymentIntent { get; init; }
    public required string Status { get; init; }
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public string? Reason { get; init; }
    public required string Metadata { get; init; }
    public string? FailureReason { get; init; }
    public DateTimeOffset? SettlesAt { get; init; }
    public string? SettlesAs { get; init; }

    public JsonObject ToJson()
    {
        var refund = new JsonObject
        {
            ["id"] = Id,
            ["object"] = "refund",
            ["amount"] = Amount,
            ["balance_transaction"] = null,
            ["charge"] = Charge,
            ["created"] = CreatedAt.ToUnixTimeSeconds(),
            ["currency"] = Currency,
            ["customer"] = null,
            ["customer_account"] = null,
            ["metadata"] = Json.Parse(Metadata),
            ["payment_intent"] = PaymentIntent,
            ["payment_method"] = null,
            ["reason"] = Reason,
            ["receipt_number"] = null,
            ["source_transfer_reversal"] = null,
            ["status"] = Status,
            ["transfer_reversal"] = null,
        };
        if (FailureReason is not null) refund["failure_reason"] = FailureReason;
        if (Status == Pending) refund["pending_reason"] = "processing";
        return refund;
    }
}
