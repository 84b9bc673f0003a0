using System.Text.Json.Nodes;

namespace Stoa.StripeSandbox;

/// <summary>A Checkout Session: a page where somebody pays once, for what it lists (https://docs.stripe.com/api/checkout/sessions/object).
/// <c>open → complete | expired</c>. Here it takes cards alone, so a complete one is paid.</summary>
public sealed record CheckoutSession
{
    public const string Open = "open";
    public const string Complete = "complete";
    public const string Expired = "expired";

    public required string Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Version { get; init; } = 1;
    public required string Status { get; init; }
    public required long Amount { get; init; }
    public required string Currency { get; init; }

    /// <summary>What is bought, as <see cref="CheckoutLine"/>s.</summary>
    public required string Lines { get; init; }

    public required string Url { get; init; }
    public required string SuccessUrl { get; init; }
    public string? CancelUrl { get; init; }
    public string? ClientReferenceId { get; init; }
    public string? CustomerEmail { get; init; }
    public required string Metadata { get; init; }

    /// <summary>For the intent, once it is made.</summary>
    public required string IntentMetadata { get; init; }
    public string? IntentDescription { get; init; }

    public string? PaymentIntent { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Where a visitor goes after what happened on the page: to the shop once it is paid.</summary>
    public string Next => Status == Complete ? SuccessUrl.Replace("{CHECKOUT_SESSION_ID}", Id, StringComparison.Ordinal) : Url;

    /// <summary>Null when it may be expired.</summary>
    public StripeError? RefusesExpiry() => Status == Open ? null : new StripeError(400, StripeError.InvalidRequest,
        $"Only Checkout Sessions with a status in [\"{Open}\"] can be expired. This Checkout Session has a status of `{Status}`.");

    /// <summary>What its page made, its page alone may confirm, and expiring the session alone cancels.</summary>
    public static StripeError KeepsItsIntent() => new(400, StripeError.InvalidRequest,
        "You cannot perform this action on PaymentIntents created by Checkout.");

    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["object"] = "checkout.session",
        ["adaptive_pricing"] = new JsonObject { ["enabled"] = false },
        ["after_expiration"] = null,
        ["allow_promotion_codes"] = null,
        ["amount_subtotal"] = Amount,
        ["amount_total"] = Amount,
        ["automatic_tax"] = new JsonObject { ["enabled"] = false, ["liability"] = null, ["provider"] = null, ["status"] = null },
        ["billing_address_collection"] = null,
        ["cancel_url"] = CancelUrl,
        ["client_reference_id"] = ClientReferenceId,
        ["client_secret"] = null,
        ["collected_information"] = null,
        ["consent"] = null,
        ["consent_collection"] = null,
        ["created"] = CreatedAt.ToUnixTimeSeconds(),
        ["currency"] = Currency,
        ["currency_conversion"] = null,
        ["custom_fields"] = new JsonArray(),
        ["custom_text"] = new JsonObject { ["after_submit"] = null, ["shipping_address"] = null, ["submit"] = null, ["terms_of_service_acceptance"] = null },
        ["customer"] = null,
        ["customer_creation"] = "if_required",
        ["customer_details"] = null,
        ["customer_email"] = CustomerEmail,
        ["discounts"] = new JsonArray(),
        ["expires_at"] = ExpiresAt.ToUnixTimeSeconds(),
        ["invoice"] = null,
        ["invoice_creation"] = new JsonObject { ["enabled"] = false },
        ["livemode"] = false,
        ["locale"] = null,
        ["metadata"] = Json.Parse(Metadata),
        ["mode"] = "payment",
        ["payment_intent"] = PaymentIntent,
        ["payment_link"] = null,
        ["payment_method_collection"] = "if_required",
        ["payment_method_configuration_details"] = null,
        ["payment_method_options"] = new JsonObject(),
        ["payment_method_types"] = new JsonArray(TestMethod.Card),
        ["payment_status"] = Status == Complete ? "paid" : "unpaid",
        ["phone_number_collection"] = new JsonObject { ["enabled"] = false },
        ["recovered_from"] = null,
        ["saved_payment_method_options"] = null,
        ["setup_intent"] = null,
        ["shipping_address_collection"] = null,
        ["shipping_cost"] = null,
        ["shipping_options"] = new JsonArray(),
        ["status"] = Status,
        ["submit_type"] = null,
        ["subscription"] = null,
        ["success_url"] = SuccessUrl,
        ["total_details"] = new JsonObject { ["amount_discount"] = 0, ["amount_shipping"] = 0, ["amount_tax"] = 0 },
        ["ui_mode"] = "hosted",
        ["url"] = Status == Open ? Url : null,
    };
}

/// <summary>A line on a session's page.</summary>
public sealed record CheckoutLine(string Name, long Quantity, long UnitAmount);
