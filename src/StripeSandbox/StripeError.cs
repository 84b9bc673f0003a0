using System.Text.Json.Nodes;

namespace Stoa.StripeSandbox;

/// <summary>A refusal as Stripe words it: the HTTP status and what stands under <c>error</c>
/// (https://docs.stripe.com/api/errors). Fields that do not apply are absent, never null.</summary>
public sealed record StripeError(int Status, string Type, string Message)
{
    public const string InvalidRequest = "invalid_request_error";
    public const string CardError = "card_error";
    public const string ApiError = "api_error";
    public const string IdempotencyError = "idempotency_error";

    public string? Code { get; init; }

    public string? Param { get; init; }

    public Decline? Decline { get; init; }

    public string? Charge { get; init; }

    public JsonObject? PaymentIntent { get; init; }

    public JsonObject? PaymentMethod { get; init; }

    /// <summary>Whether an Idempotency-Key keeps this answer: Stripe saves results only once the endpoint has begun,
    /// so a parameter that fails validation, a conflict and a rate limit leave the key free.</summary>
    public bool KeptUnderKey { get; init; } = true;

    public static StripeError Invalid(string? param, string? code, string message) =>
        new(400, InvalidRequest, message) { Param = param, Code = code, KeptUnderKey = false };

    public static StripeError UnexpectedState(JsonObject intent, string message) =>
        new(400, InvalidRequest, message) { Code = "payment_intent_unexpected_state", PaymentIntent = intent };

    /// <summary>An id in the URL that names nothing is 404; one among the parameters is 400.</summary>
    public static StripeError Missing(string what, string id, string param, int status) =>
        new(status, InvalidRequest, $"No such {what}: '{id}'") { Code = "resource_missing", Param = param };

    public static StripeError Locked() =>
        new(429, InvalidRequest, "This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request. If you see this error frequently and are making multiple concurrent requests to a single object, make your requests serially or at a lower rate.")
        {
            Code = "lock_timeout",
            KeptUnderKey = false,
        };

    /// <summary>The body, with Stripe's fields in Stripe's order.</summary>
    public JsonObject ToJson()
    {
        var error = new JsonObject();
        Set(error, "advice_code", Decline?.AdviceCode);
        Set(error, "charge", Charge);
        Set(error, "code", Code);
        Set(error, "decline_code", Decline?.DeclineCode);
        Set(error, "doc_url", Code is null ? null : DocUrl(Code));
        error["message"] = Message;
        Set(error, "network_decline_code", Decline?.NetworkDeclineCode);
        Set(error, "param", Param);
        if (PaymentIntent is not null) error["payment_intent"] = PaymentIntent.DeepClone();
        if (PaymentMethod is not null) error["payment_method"] = PaymentMethod.DeepClone();
        error["type"] = Type;
        return new JsonObject { ["error"] = error };
    }

    public static string DocUrl(string code) => $"https://stripe.com/docs/error-codes/{code.Replace('_', '-')}";

    private static void Set(JsonObject error, string name, string? value)
    {
        if (value is not null) error[name] = value;
    }
}
