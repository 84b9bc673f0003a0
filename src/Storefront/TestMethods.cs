namespace Stoa.Storefront;

/// <summary>Stripe's own test payment methods, as the sandbox knows them; offered only while the sandbox runs.</summary>
public static class TestMethods
{
    /// <summary>No card of the sandbox: with real cards, the only way to pay.</summary>
    public const string StripesPage = PaymentMethod.StripesPage;

    public static IReadOnlyList<(string Method, string Name, string Outcome)> All =>
    [
        ("pm_card_visa", "Visa", Texts.OutcomeGoesThrough),
        ("pm_card_mastercard", "Mastercard", Texts.OutcomeGoesThrough),
        ("pm_card_authenticationRequired", Texts.TestVisa3ds, Texts.OutcomeBankAsks),
        ("pm_card_visa_chargeDeclined", Texts.TestVisaDeclined, Texts.OutcomeBankSaysNo),
        ("pm_card_visa_chargeDeclinedInsufficientFunds", Texts.TestVisaEmpty, Texts.OutcomeNotEnough),
        ("pm_usBankAccount_success", Texts.TestBankAccount, Texts.OutcomeTakesAWhile),
        (StripesPage, Texts.TestStripesPage, Texts.OutcomeYouChoose),
    ];
}
