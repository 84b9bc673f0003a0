using System.Text.Json.Nodes;

namespace Stoa.StripeSandbox;

/// <summary>A Charge: one attempt at the money (https://docs.stripe.com/api/charges/object).</summary>
public sealed record Charge
{
    public const string Succeeded = "succeeded";
    public const string Pending = "pending";
    public const string Failed = "failed";

    public required string Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string PaymentIntent { get; init; }
    public required string PaymentMethod { get; init; }
    public required string Status { get; init; }
    public required long Amount { get; init; }
    public long AmountRefunded { get; init; }
    public required string Currency { get; init; }
    public string? Description { get; init; }
    public required string Metadata { get; init; }
    public string? ReceiptEmail { get; init; }
    public string? StatementDescriptor { get; init; }
    public string? StatementDescriptorSuffix { get; init; }
    public string? TransferGroup { get; init; }
    public required string PaymentMethodDetails { get; init; }
    public required string Outcome { get; init; }
    public string? FailureCode { get; init; }
    public string? FailureMessage { get; init; }
    public DateTimeOffset? SettlesAt { get; init; }

    public long Unrefunded => Amount - AmountRefunded;

    /// <summary>Null when so much of it may go back. Pending refunds count against the charge, failed ones do not.</summary>
    public StripeError? RefusesRefund(long amountMinor)
    {
        if (Status != Succeeded)
            return new StripeError(400, StripeError.InvalidRequest, $"Charge {Id} has not succeeded and cannot be refunded.") { Param = "charge", Code = "charge_not_refundable" };
        if (Unrefunded == 0)
            return new StripeError(400, StripeError.InvalidRequest, $"Charge {Id} has already been refunded.") { Code = "charge_already_refunded" };
        // Stripe gives this one no code.
        return amountMinor <= Unrefunded ? null : new StripeError(400, StripeError.InvalidRequest,
            $"Refund amount ({Currencies.Show(amountMinor, Currency)}) is greater than unrefunded amount on charge ({Currencies.Show(Unrefunded, Currency)})")
        { Param = "amount" };
    }

    public static JsonObject OutcomeOf(Decline? decline, bool pending) => new()
    {
        ["advice_code"] = decline?.AdviceCode,
        ["network_advice_code"] = null,
        ["network_decline_code"] = decline?.NetworkDeclineCode,
        ["network_status"] = decline is null ? "approved_by_network" : "declined_by_network",
        ["reason"] = decline is null ? null : decline.DeclineCode ?? decline.Code,
        ["risk_level"] = pending ? "not_assessed" : "normal",
        ["risk_score"] = 10,
        ["seller_message"] = decline is null ? "Payment complete." : "The bank did not return any further details with this decline.",
        ["type"] = decline is null ? "authorized" : "issuer_declined",
    };

    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["object"] = "charge",
        ["amount"] = Amount,
        ["amount_captured"] = Status == Succeeded ? Amount : 0,
        ["amount_refunded"] = AmountRefunded,
        ["application"] = null,
        ["application_fee"] = null,
        ["application_fee_amount"] = null,
        ["balance_transaction"] = null,
        ["billing_details"] = StripeSandbox.PaymentMethod.BillingDetails(),
        ["calculated_statement_descriptor"] = Status == Failed ? null : StatementDescriptor ?? "STOA",
        ["captured"] = Status != Failed,
        ["created"] = CreatedAt.ToUnixTimeSeconds(),
        ["currency"] = Currency,
        ["customer"] = null,
        ["description"] = Description,
        ["disputed"] = false,
        ["failure_balance_transaction"] = null,
        ["failure_code"] = FailureCode,
        ["failure_message"] = FailureMessage,
        ["fraud_details"] = new JsonObject(),
        ["livemode"] = false,
        ["metadata"] = Json.Parse(Metadata),
        ["on_behalf_of"] = null,
        ["outcome"] = Json.Parse(Outcome),
        ["paid"] = Status != Failed,
        ["payment_intent"] = PaymentIntent,
        ["payment_method"] = PaymentMethod,
        ["payment_method_details"] = Json.Parse(PaymentMethodDetails),
        ["radar_options"] = new JsonObject(),
        ["receipt_email"] = ReceiptEmail,
        ["receipt_number"] = null,
        ["receipt_url"] = null,
        ["refunded"] = AmountRefunded == Amount,
        ["review"] = null,
        ["shipping"] = null,
        ["source"] = null,
        ["source_transfer"] = null,
        ["statement_descriptor"] = StatementDescriptor,
        ["statement_descriptor_suffix"] = StatementDescriptorSuffix,
        ["status"] = Status,
        ["transfer_data"] = null,
        ["transfer_group"] = TransferGroup,
    };
}
