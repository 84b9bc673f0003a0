using System.Text.Json;
using Stoa.Contracts;

namespace Stoa.Payments;

/// <summary>What kind of word the provider gave.</summary>
public enum Said
{
    /// <summary>The object asked for, as it is.</summary>
    Object,
    /// <summary>The card's bank said no (402).</summary>
    CardError,
    /// <summary>Nothing that tells an outcome: unreachable, too late, 409, 429, 5xx, or our key refused.</summary>
    NotYet,
    /// <summary>A 5xx that the provider gave before to the same key: repeating brings nothing else (P10).</summary>
    BrokeForGood,
    /// <summary>Any other 4xx.</summary>
    Refused,
}

/// <summary>The provider's answer, or the lack of one.</summary>
/// <param name="Said">Its kind.</param>
/// <param name="Value">The object, when it is one.</param>
/// <param name="Code">The decline code, else the error code, of a card error or a refusal.</param>
/// <param name="Method">What paid, as far as a card error told.</param>
public sealed record ProviderAnswer<T>(Said Said, T? Value = null, string? Code = null, PaymentMethodView? Method = null) where T : class
{
    /// <summary>The provider says that it holds no such thing. That ends no attempt (P10); reconciliation reports it.</summary>
    public bool IsMissing => Said == Said.Refused && Code == "resource_missing";
}

/// <summary>A PaymentIntent, as far as we read it (https://docs.stripe.com/api/payment_intents/object), or what stands for one
/// (<see cref="CheckoutSession"/>).</summary>
/// <param name="Id">The intent's; the session's while it has made none.</param>
/// <param name="ErrorCode">Why the last confirmation failed.</param>
/// <param name="NextActionUrl">Where the buyer says yes or no.</param>
/// <param name="Method">What pays, or what failed to.</param>
/// <param name="OrderId">From its metadata; null when it is none of ours.</param>
public sealed record Intent(string Id, string Status, string? ErrorCode, string? NextActionUrl, PaymentMethodView? Method, Guid? OrderId)
{
    public const string RequiresPaymentMethod = "requires_payment_method";
    public const string RequiresAction = "requires_action";
    public const string Processing = "processing";
    public const string Succeeded = "succeeded";
    public const string Canceled = "canceled";

    internal static Intent Read(JsonElement json) => new(
        json.Must("id"), json.Must("status"),
        json.Part("last_payment_error") is { } error ? StripeJson.ErrorCode(error) : null,
        json.Part("next_action")?.Part("redirect_to_url")?.Text("url"),
        StripeJson.Method(json.Part("payment_method") ?? json.Part("last_payment_error")?.Part("payment_method")),
        Guid.TryParse(json.Part("metadata")?.Text(StripeClient.OrderIdKey), out var order) ? order : null);
}

/// <summary>An intent with the money that it took, as reconciliation compares it.</summary>
/// <param name="OrderId">From its metadata; null when it is none of ours.</param>
/// <param name="ReceivedMinor">What the intent says it took.</param>
/// <param name="CapturedMinor">What its charge says, read with it; 0 when there is none.</param>
public sealed record ProviderCharge(
    string IntentId, string Status, Guid? OrderId, long ReceivedMinor, long CapturedMinor, string Currency, DateTimeOffset CreatedAt)
{
    internal static ProviderCharge Read(JsonElement json)
    {
        var intent = Intent.Read(json);
        var charge = json.Part("latest_charge");
        return new ProviderCharge(
            intent.Id, intent.Status, intent.OrderId, json.Number("amount_received"),
            charge?.Text("status") == "succeeded" ? charge.Value.Number("amount_captured") : 0, json.Must("currency").ToUpperInvariant(), json.Time("created"));
    }
}

/// <summary>A Refund, as far as we read it (https://docs.stripe.com/api/refunds/object).</summary>
/// <param name="IntentId">Of which intent; null for a charge that has none.</param>
/// <param name="OurId">The refund's id with us, from its metadata; null when it is none of ours.</param>
public sealed record ProviderRefund(
    string Id, string Status, string? FailureCode, string? IntentId, Guid? OurId, long AmountMinor, string Currency, DateTimeOffset CreatedAt)
{
    public const string Succeeded = "succeeded";

    /// <summary>It brought the buyer nothing.</summary>
    public bool Failed => Status is "failed" or "canceled";

    internal static ProviderRefund Read(JsonElement json) => new(
        json.Must("id"), json.Must("status"), json.Text("failure_reason"), json.Text("payment_intent"),
        Guid.TryParse(json.Part("metadata")?.Text(StripeClient.RefundIdKey), out var id) ? id : null,
        json.Number("amount"), json.Must("currency").ToUpperInvariant(), json.Time("created"));
}

/// <summary>A page of a list at the provider, newest first (https://docs.stripe.com/api/pagination).</summary>
public sealed record ProviderPage<T>(IReadOnlyList<T> Items, bool HasMore)
{
    internal static Func<JsonElement, ProviderPage<T>> Of(Func<JsonElement, T> read) => json => new ProviderPage<T>(
        json.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array
            ? [.. data.EnumerateArray().Select(read)] : throw new JsonException("not a list"),
        json.TryGetProperty("has_more", out var more) && more.ValueKind == JsonValueKind.True);
}

internal static class StripeJson
{
    /// <summary>An object under a name; null when it is missing, null, or only an id.</summary>
    public static JsonElement? Part(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object ? part : null;

    public static string? Text(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    /// <exception cref="JsonException">It is not there: this is not the object it should be.</exception>
    public static string Must(this JsonElement json, string name) => json.Text(name) ?? throw new JsonException($"no {name}");

    /// <exception cref="JsonException">It is not there, or no whole number.</exception>
    public static long Number(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var part) && part.TryGetInt64(out var number) ? number : throw new JsonException($"no {name}");

    /// <summary>A time, which the provider gives in seconds.</summary>
    public static DateTimeOffset Time(this JsonElement json, string name) => DateTimeOffset.FromUnixTimeSeconds(json.Number(name));

    /// <summary>The bank's reason where there is one: it says more than <c>card_declined</c>.</summary>
    public static string? ErrorCode(JsonElement error) => error.Text("decline_code") ?? error.Text("code") ?? error.Text("type");

    public static PaymentMethodView? Method(JsonElement? method)
    {
        if (method?.Text("type") is not { } type) return null;
        var details = method.Value.Part(type);
        return new PaymentMethodView(type, details?.Text("brand") ?? details?.Text("bank_name"), details?.Text("last4"));
    }
}
