namespace Stoa.Storefront;

/// <summary>Stripe's own test payment methods, as the sandbox knows them; offered only while the sandbox runs.</summary>
public static class TestMethods
{
    /// <summary>No card of the sandbox: with real cards, the only way to pay.</summary>
    public const string StripesPage = PaymentMethod.StripesPage;

    public static IReadOnlyList<(string Method, string Name, string Outcome)> All { get; } =
    [
        ("pm_card_visa", "Visa", "goes through"),
        ("pm_card_mastercard", "Mastercard", "goes through"),
        ("pm_card_authenticationRequired", "Visa with 3-D Secure", "the bank asks you first"),
        ("pm_card_visa_chargeDeclined", "Visa, declined", "the bank says no"),
        ("pm_card_visa_chargeDeclinedInsufficientFunds", "Visa, empty", "not enough money on it"),
        ("pm_usBankAccount_success", "Bank account", "takes a while, then goes through"),
        (StripesPage, "Stripe’s own page", "you choose there, as with a real card"),
    ];
}
