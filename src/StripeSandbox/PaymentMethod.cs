using System.Text.Json.Nodes;

namespace Stoa.StripeSandbox;

/// <summary>A PaymentMethod: one use of a test id (https://docs.stripe.com/api/payment_methods/object).</summary>
public sealed record PaymentMethod
{
    public required string Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string TestId { get; init; }
    public bool Used { get; init; }

    public TestMethod Test => TestMethods.Find(TestId) ?? throw new InvalidOperationException($"unknown test method {TestId}");

    /// <summary>Without a customer, a method pays once.</summary>
    public StripeError? RefusesUse() => !Used ? null : StripeError.Invalid("payment_method", null,
        "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.");

    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["object"] = "payment_method",
        ["allow_redisplay"] = "unspecified",
        ["billing_details"] = BillingDetails(),
        [Test.Type] = Test.Type == TestMethod.Card ? Card() : BankAccount(),
        ["created"] = CreatedAt.ToUnixTimeSeconds(),
        ["customer"] = null,
        ["customer_account"] = null,
        ["livemode"] = false,
        ["metadata"] = new JsonObject(),
        ["type"] = Test.Type,
    };

    /// <summary>The part of a charge that says with what it was paid.</summary>
    public JsonObject DetailsOfCharge(long amountMinor, bool authorized, bool authenticated) => new()
    {
        [Test.Type] = Test.Type == TestMethod.Card ? CardCharged(amountMinor, authorized, authenticated) : BankCharged(),
        ["type"] = Test.Type,
    };

    public static JsonObject BillingDetails() => new()
    {
        ["address"] = new JsonObject { ["city"] = null, ["country"] = null, ["line1"] = null, ["line2"] = null, ["postal_code"] = null, ["state"] = null },
        ["email"] = null,
        ["name"] = null,
        ["phone"] = null,
        ["tax_id"] = null,
    };

    /// <summary>Stripe's test cards run out a year from now.</summary>
    private int ExpiryYear => CreatedAt.Year + 1;

    private JsonObject Card() => new()
    {
        ["brand"] = Test.Brand,
        ["checks"] = Checks(),
        ["country"] = Test.Country,
        ["display_brand"] = DisplayBrand,
        ["exp_month"] = CreatedAt.Month,
        ["exp_year"] = ExpiryYear,
        ["fingerprint"] = StripeId.Fingerprint(Test.Brand + Test.Last4),
        ["funding"] = Test.Funding,
        ["generated_from"] = null,
        ["last4"] = Test.Last4,
        ["networks"] = new JsonObject { ["available"] = new JsonArray(Test.Brand), ["preferred"] = null },
        ["regulated_status"] = "unregulated",
        ["three_d_secure_usage"] = new JsonObject { ["supported"] = true },
        ["wallet"] = null,
    };

    private JsonObject CardCharged(long amountMinor, bool authorized, bool authenticated) => new()
    {
        ["amount_authorized"] = authorized ? amountMinor : null,
        ["authorization_code"] = authorized ? "123456" : null,
        ["brand"] = Test.Brand,
        ["checks"] = Checks(),
        ["country"] = Test.Country,
        ["electronic_commerce_indicator"] = authenticated ? "05" : null,
        ["exp_month"] = CreatedAt.Month,
        ["exp_year"] = ExpiryYear,
        ["extended_authorization"] = new JsonObject { ["status"] = "disabled" },
        ["fingerprint"] = StripeId.Fingerprint(Test.Brand + Test.Last4),
        ["funding"] = Test.Funding,
        ["incremental_authorization"] = new JsonObject { ["status"] = "unavailable" },
        ["installments"] = null,
        ["last4"] = Test.Last4,
        ["mandate"] = null,
        ["multicapture"] = new JsonObject { ["status"] = "unavailable" },
        ["network"] = Test.Brand,
        ["network_token"] = new JsonObject { ["used"] = false },
        ["network_transaction_id"] = null,
        ["overcapture"] = new JsonObject { ["maximum_amount_capturable"] = amountMinor, ["status"] = "unavailable" },
        ["regulated_status"] = "unregulated",
        ["three_d_secure"] = authenticated ? Authenticated() : null,
        ["transaction_link_id"] = null,
        ["wallet"] = null,
    };

    private JsonObject BankAccount() => new()
    {
        ["account_holder_type"] = "individual",
        ["account_type"] = Test.Funding,
        ["bank_name"] = Test.Brand,
        ["financial_connections_account"] = null,
        ["fingerprint"] = StripeId.Fingerprint(Test.Brand + Test.Last4),
        ["last4"] = Test.Last4,
        ["networks"] = new JsonObject { ["preferred"] = "ach", ["supported"] = new JsonArray("ach") },
        ["routing_number"] = "110000000",
        ["status_details"] = new JsonObject(),
    };

    private JsonObject BankCharged() => new()
    {
        ["account_holder_type"] = "individual",
        ["account_type"] = Test.Funding,
        ["bank_name"] = Test.Brand,
        ["fingerprint"] = StripeId.Fingerprint(Test.Brand + Test.Last4),
        ["last4"] = Test.Last4,
        ["payment_reference"] = null,
        ["routing_number"] = "110000000",
    };

    private string DisplayBrand => Test.Brand switch { "amex" => "american_express", "diners" => "diners_club", "unionpay" => "union_pay", var brand => brand };

    private static JsonObject Checks() => new() { ["address_line1_check"] = null, ["address_postal_code_check"] = null, ["cvc_check"] = "pass" };

    private static JsonObject Authenticated() => new()
    {
        ["authentication_flow"] = "challenge",
        ["electronic_commerce_indicator"] = "05",
        ["exemption_indicator"] = null,
        ["result"] = "authenticated",
        ["result_reason"] = null,
        ["transaction_id"] = null,
        ["version"] = "2.2.0",
    };
}
