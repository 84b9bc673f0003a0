using System.Text.Json.Nodes;

namespace Stoa.StripeSandbox;

/// <summary>An Event: what happened, with the object as it was just after (https://docs.stripe.com/api/events/object).</summary>
public sealed record StripeEvent
{
    public required string Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Ordinal { get; init; }
    public required string Type { get; init; }
    public required string Subject { get; init; }
    public required string Data { get; init; }
    public string? RequestId { get; init; }
    public string? IdempotencyKey { get; init; }
    public DateTimeOffset? DeliverAt { get; init; }
    public int Deliveries { get; init; }

    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["object"] = "event",
        ["api_version"] = ApiVersion.Current,
        ["created"] = CreatedAt.ToUnixTimeSeconds(),
        ["data"] = Json.Parse(Data),
        ["livemode"] = false,
        ["pending_webhooks"] = DeliverAt is null ? 0 : 1,
        // Null ids: no request made this, the sandbox did by itself (a bank's answer, a cardholder's decision).
        ["request"] = new JsonObject { ["id"] = RequestId, ["idempotency_key"] = IdempotencyKey },
        ["type"] = Type,
    };
}
