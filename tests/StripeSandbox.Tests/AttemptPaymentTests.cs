using static Stoa.StripeSandbox.AttemptPayment;

namespace Stoa.StripeSandbox.Tests;

public sealed class AttemptPaymentTests
{
    [Theory]
    [InlineData("pm_card_visa", Verdict.Charge, null)]
    [InlineData("pm_card_mastercard", Verdict.Charge, null)]
    [InlineData("pm_card_visa_chargeDeclined", Verdict.Decline, "generic_decline")]
    [InlineData("pm_card_chargeDeclined", Verdict.Decline, "generic_decline")]
    [InlineData("pm_card_visa_chargeDeclinedInsufficientFunds", Verdict.Decline, "insufficient_funds")]
    [InlineData("pm_card_visa_chargeDeclinedLostCard", Verdict.Decline, "lost_card")]
    [InlineData("pm_card_chargeDeclinedExpiredCard", Verdict.Decline, "expired_card")]
    [InlineData("pm_card_authenticationRequired", Verdict.AskCardholder, null)]
    [InlineData("pm_usBankAccount_success", Verdict.Process, null)]
    public void A_test_method_does_what_Stripes_documentation_says(string method, Verdict verdict, string? declineCode)
    {
        var decided = Decide(TestMethods.Find(method)!, new Terms());
        Assert.Equal((verdict, declineCode), (decided.Verdict, decided.Decline?.DeclineCode));
    }

    [Fact]
    public void An_authenticated_card_is_charged_or_declined_but_never_asked_again()
    {
        Assert.Equal(Verdict.Charge, Decide(TestMethods.Find("pm_card_authenticationRequired")!, new Terms(Authenticated: true)).Verdict);
        Assert.Equal(Decline.InsufficientFunds, Decide(TestMethods.Find("pm_card_authenticationRequiredChargeDeclinedInsufficientFunds")!, new Terms(Authenticated: true)).Decline);
    }

    [Fact]
    public void Nobody_is_asked_off_session() =>
        Assert.Equal((Verdict.Decline, Decline.AuthenticationRequired), Decide(TestMethods.Find("pm_card_authenticationRequired")!, new Terms(OffSession: true)));

    [Fact]
    public void A_caller_that_cannot_handle_an_action_is_refused_instead() =>
        Assert.Equal((Verdict.RefuseAction, Decline.AuthenticationNotHandled), Decide(TestMethods.Find("pm_card_authenticationRequired")!, new Terms(ErrorOnAction: true)));
}
