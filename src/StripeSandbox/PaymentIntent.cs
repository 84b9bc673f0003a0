using System.Text.Json.Nodes;

namespace Stoa.StripeSandbox;

/// <summary>A PaymentIntent as it is stored, its rules, and its shape on the wire
/// (https://docs.stripe.com/api/payment_intents/object).</summary>
public sealed record PaymentIntent
{
    public const string RequiresPaymentMethod = "requires_payment_method";
    public const string RequiresConfirmation = "requires_confirmation";
    public const string RequiresAction = "requires_action";
    public const string Processing = "processing";
    public const string Succeeded = "succeeded";
    public const string Canceled = "canceled";

    public required string Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Version { get; init; } = 1;
    public required string Status { get; init; }
    public required long Amount { get; init; }
    public long AmountReceived { get; init; }
    public required string Currency { get; init; }
    public required string ClientSecret { get; init; }
    public string? Description { get; init; }
    public required string Metadata { get; init; }
    public string? PaymentMethod { get; init; }
    public required string PaymentMethodTypes { get; init; }
    public string? AllowRedirects { get; init; }
    public string? LatestCharge { get; init; }
    public string? LastPaymentError { get; init; }
    public string? NextAction { get; init; }
    public string? ActionSecret { get; init; }
    public string? ReturnUrl { get; init; }
    public string? ReceiptEmail { get; init; }
    public string? StatementDescriptor { get; init; }
    public string? StatementDescriptorSuffix { get; init; }
    public string? SetupFutureUsage { get; init; }
    public string? TransferGroup { get; init; }
    public DateTimeOffset? CanceledAt { get; init; }
    public string? CancellationReason { get; init; }

    /// <summary>Confirming again is allowed until the money moves; a decline leaves the intent open for another method.</summary>
    public bool MayConfirm => Status is RequiresPaymentMethod or RequiresConfirmation or RequiresAction;

    /// <summary>Null when it may be confirmed with this method (null: with the one it has).</summary>
    public StripeError? RefusesConfirmation(string? method)
    {
        if (MayConfirm)
            return (method ?? PaymentMethod) is not null ? null : StripeError.UnexpectedState(ToJson(),
                "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.");
        if (Status == Succeeded)
            return StripeError.UnexpectedState(ToJson(), "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.");
        if (method is not null)
            return StripeError.UnexpectedState(ToJson(), $"This PaymentIntent's payment_method could not be updated because it has a status of {Status}. You may only update the payment_method of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, requires_action.");
        return StripeError.UnexpectedState(ToJson(), $"You cannot confirm this PaymentIntent because it has a status of {Status}. Only a PaymentIntent with one of the following statuses may be confirmed: requires_confirmation, requires_action.");
    }

    /// <summary>Null when it may be canceled. A payment on its way is not to be called back, but for the test account that
    /// stays on its way for ever, which Stripe made for just that.</summary>
    public StripeError? RefusesCancellation(TestMethod? method) =>
        MayConfirm || (Status == Processing && method?.OnCharge == OnCharge.ProcessForever) ? null : StripeError.UnexpectedState(ToJson(),
            $"You cannot cancel this PaymentIntent because it has a status of {Status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action.");

    /// <summary>Null when a method of this type may pay it.</summary>
    public StripeError? RefusesType(string type)
    {
        var types = JsonNode.Parse(PaymentMethodTypes)!.AsArray().Select(node => node!.GetValue<string>()).ToList();
        return types.Contains(type) ? null : StripeError.Invalid("payment_method", "payment_intent_incompatible_payment_method",
            $"The PaymentMethod provided ({type}) is not allowed for this PaymentIntent. Please attach a PaymentMethod of one of the following types: {string.Join(", ", types)}.");
    }

    /// <summary>With methods of Stripe's choosing, some may send the shopper away: then there must be a way back.</summary>
    public StripeError? RefusesWithoutReturn(string? returnUrl) =>
        AllowRedirects != "always" || (returnUrl ?? ReturnUrl) is not null ? null : StripeError.Invalid("return_url", null,
            "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.");

    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["object"] = "payment_intent",
        ["allowed_payment_method_types"] = null,
        ["amount"] = Amount,
        ["amount_capturable"] = 0,
        ["amount_details"] = new JsonObject { ["tip"] = new JsonObject() },
        ["amount_received"] = AmountReceived,
        ["application"] = null,
        ["application_fee_amount"] = null,
        ["automatic_payment_methods"] = AllowRedirects is null ? null : new JsonObject { ["allow_redirects"] = AllowRedirects, ["enabled"] = true },
        ["canceled_at"] = CanceledAt?.ToUnixTimeSeconds(),
        ["cancellation_reason"] = CancellationReason,
        ["capture_method"] = "automatic",
        ["client_secret"] = ClientSecret,
        ["confirmation_method"] = "automatic",
        ["created"] = CreatedAt.ToUnixTimeSeconds(),
        ["currency"] = Currency,
        ["customer"] = null,
        ["customer_account"] = null,
        ["description"] = Description,
        ["excluded_payment_method_types"] = null,
        ["last_payment_error"] = Json.Parse(LastPaymentError),
        ["latest_charge"] = LatestCharge,
        ["livemode"] = false,
        ["managed_payments"] = null,
        ["metadata"] = Json.Parse(Metadata),
        ["next_action"] = Json.Parse(NextAction),
        ["on_behalf_of"] = null,
        ["payment_method"] = PaymentMethod,
        ["payment_method_configuration_details"] = null,
        ["payment_method_options"] = MethodOptions(),
        ["payment_method_types"] = Json.Parse(PaymentMethodTypes),
        ["payment_record"] = null,
        ["processing"] = null,
        ["receipt_email"] = ReceiptEmail,
        ["review"] = null,
        ["setup_future_usage"] = SetupFutureUsage,
        ["shipping"] = null,
        ["source"] = null,
        ["statement_descriptor"] = StatementDescriptor,
        ["statement_descriptor_suffix"] = StatementDescriptorSuffix,
        ["status"] = Status,
        ["transfer_data"] = null,
        ["transfer_group"] = TransferGroup,
    };

    private JsonObject MethodOptions()
    {
        var options = new JsonObject
        {
            ["card"] = new JsonObject { ["installments"] = null, ["mandate_options"] = null, ["network"] = null, ["request_three_d_secure"] = "automatic" },
        };
        if (PaymentMethodTypes.Contains(TestMethod.BankAccount, StringComparison.Ordinal))
            options[TestMethod.BankAccount] = new JsonObject { ["mandate_options"] = new JsonObject(), ["verification_method"] = "automatic" };
        return options;
    }
}
