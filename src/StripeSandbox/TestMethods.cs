using System.Collections.Frozen;

namespace Stoa.StripeSandbox;

/// <summary>What a test payment method does when it is charged.</summary>
public enum OnCharge
{
    Succeed,
    Decline,
    Authenticate,
    Process,
    ProcessForever,
}

/// <summary>What becomes of a refund (https://docs.stripe.com/testing#refunds).</summary>
public enum OnRefund
{
    Succeed,
    PendThenSucceed,
    SucceedThenFail,
}

/// <summary>One of Stripe's test payment methods. There is no card number behind it, only its last four digits.</summary>
/// <param name="Decline">Why it fails: at once, or after authentication or processing; null when it does not.</param>
public sealed record TestMethod(
    string Id, string Type, string Brand, string Funding, string Last4, string Country, OnCharge OnCharge,
    Decline? Decline = null, OnRefund OnRefund = OnRefund.Succeed)
{
    public const string Card = "card";
    public const string BankAccount = "us_bank_account";

    /// <summary>The brand as people write it.</summary>
    public string BrandName => Brand switch
    {
        "visa" => "Visa",
        "mastercard" => "Mastercard",
        "amex" => "American Express",
        "diners" => "Diners Club",
        "discover" => "Discover",
        "jcb" => "JCB",
        "unionpay" => "UnionPay",
        _ => Brand,
    };
}

/// <summary>The test payment methods of https://docs.stripe.com/testing and
/// https://docs.stripe.com/payments/ach-direct-debit/accept-a-payment#test-account-numbers that the sandbox knows.</summary>
public static class TestMethods
{
    public static TestMethod? Find(string id) => ById.GetValueOrDefault(id);

    private static readonly FrozenDictionary<string, TestMethod> ById = new[]
    {
        Card("pm_card_visa", "visa", "4242"),
        Card("pm_card_visa_debit", "visa", "5556", funding: "debit"),
        Card("pm_card_mastercard", "mastercard", "4444"),
        Card("pm_card_mastercard_debit", "mastercard", "8210", funding: "debit"),
        Card("pm_card_mastercard_prepaid", "mastercard", "5100", funding: "prepaid"),
        Card("pm_card_amex", "amex", "8431"),
        Card("pm_card_discover", "discover", "1117"),
        Card("pm_card_diners", "diners", "0004"),
        Card("pm_card_jcb", "jcb", "0505", country: "JP"),
        Card("pm_card_unionpay", "unionpay", "0005", country: "CN"),
        Card("pm_card_gb", "visa", "0000", country: "GB"),
        Card("pm_card_de", "visa", "0016", country: "DE"),
        Card("pm_card_bypassPending", "visa", "0077"),

        Declined("chargeDeclined", "0002", Decline.Generic),
        Declined("chargeDeclinedInsufficientFunds", "9995", Decline.InsufficientFunds),
        Declined("chargeDeclinedLostCard", "9987", Decline.LostCard),
        Declined("chargeDeclinedStolenCard", "9979", Decline.StolenCard),
        Declined("chargeDeclinedExpiredCard", "0069", Decline.ExpiredCard),
        Declined("chargeDeclinedIncorrectCvc", "0127", Decline.IncorrectCvc),
        Declined("chargeDeclinedProcessingError", "0119", Decline.ProcessingError),
        Declined("chargeDeclinedVelocityLimitExceeded", "6975", Decline.VelocityExceeded),
        Declined("chargeDeclinedFraudulent", "0019", Decline.Fraudulent),
        Card("pm_card_radarBlock", "visa", "0019", OnCharge.Decline, Decline.Fraudulent),
        Card("pm_card_chargeCustomerFail", "visa", "0341", OnCharge.Decline, Decline.Generic),

        Card("pm_card_authenticationRequired", "visa", "3184", OnCharge.Authenticate),
        Card("pm_card_authenticationRequiredOnSetup", "visa", "3155", OnCharge.Authenticate),
        Card("pm_card_threeDSecureRequired", "visa", "3063", OnCharge.Authenticate),
        Card("pm_card_threeDSecure2Required", "visa", "3220", OnCharge.Authenticate),
        Card("pm_card_authenticationRequiredChargeDeclinedInsufficientFunds", "visa", "1629", OnCharge.Authenticate, Decline.InsufficientFunds),
        Card("pm_card_threeDSecureRequiredChargeDeclined", "visa", "1629", OnCharge.Authenticate, Decline.Generic),

        Card("pm_card_pendingRefund", "visa", "7726", onRefund: OnRefund.PendThenSucceed),
        Card("pm_card_refundFail", "visa", "5126", onRefund: OnRefund.SucceedThenFail),

        Bank("pm_usBankAccount_success", "6789"),
        Bank("pm_usBankAccount_processing", "0009", forever: true),
        Bank("pm_usBankAccount_insufficientFunds", "2227", "insufficient_funds", "The customer's account has insufficient funds to cover this payment."),
        Bank("pm_usBankAccount_accountClosed", "1113", "account_closed", "The customer's bank account has been closed."),
        Bank("pm_usBankAccount_noAccount", "1116", "no_account", "The customer's bank account could not be located."),
        Bank("pm_usBankAccount_debitNotAuthorized", "3335", "debit_not_authorized", "The customer has notified their bank that this payment was unauthorized."),
    }.SelectMany(WithAliases).ToFrozenDictionary(method => method.Id);

    /// <summary>Stripe writes the same decline as <c>pm_card_visa_chargeDeclined…</c> and as <c>pm_card_chargeDeclined…</c>.</summary>
    private static IEnumerable<TestMethod> WithAliases(TestMethod method)
    {
        yield return method;
        if (method.Id.StartsWith("pm_card_visa_charge", StringComparison.Ordinal))
            yield return method with { Id = method.Id.Replace("_visa_", "_", StringComparison.Ordinal) };
    }

    private static TestMethod Card(
        string id, string brand, string last4, OnCharge onCharge = OnCharge.Succeed, Decline? decline = null,
        OnRefund onRefund = OnRefund.Succeed, string funding = "credit", string country = "US") =>
        new(id, TestMethod.Card, brand, funding, last4, country, onCharge, decline, onRefund);

    private static TestMethod Declined(string name, string last4, Decline decline) =>
        Card($"pm_card_visa_{name}", "visa", last4, OnCharge.Decline, decline);

    private static TestMethod Bank(string id, string last4, string? failure = null, string? message = null, bool forever = false) =>
        new(id, TestMethod.BankAccount, "STRIPE TEST BANK", "checking", last4, "US",
            forever ? OnCharge.ProcessForever : OnCharge.Process,
            failure is null ? null : Decline.OfDebit(failure, message!), OnRefund.PendThenSucceed);
}
