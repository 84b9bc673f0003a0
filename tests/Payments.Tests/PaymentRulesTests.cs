using Stoa.Contracts;

namespace Stoa.Payments.Tests;

public sealed class PaymentRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false, null, false, Closure.Closed)]
    [InlineData(false, null, true, null)]
    [InlineData(false, Attempt.RequiresAction, true, null)]
    [InlineData(false, Attempt.Submitted, true, Closure.InFlight)]
    [InlineData(false, Attempt.Processing, true, Closure.InFlight)]
    [InlineData(false, Attempt.Succeeded, true, Closure.Paid)]
    [InlineData(true, null, false, Closure.Closed)]
    [InlineData(true, Attempt.Succeeded, true, Closure.Closed)]
    public void The_arbiter_answers(bool closed, string? live, bool intentOpen, string? answer) =>
        Assert.Equal(answer, PaymentRules.Closure(closed, live, intentOpen));

    [Theory]
    [InlineData("awaiting_payment", null)]
    [InlineData("placed", PaymentRefusal.OrderNotReady)]
    [InlineData("something_new", PaymentRefusal.OrderNotReady)]
    [InlineData("delivered", PaymentRefusal.OrderAlreadyPaid)]
    public void An_order_can_be_paid_only_when_it_awaits_payment(string status, PaymentRefusal? refusal) =>
        Assert.Equal(refusal, PaymentRules.OfOrder(status));

    /// <summary>The open intent of a submitted attempt may show the decline of the attempt before it.</summary>
    [Fact]
    public void An_open_intent_says_nothing_of_a_submitted_attempt()
    {
        var open = new Intent("pi_1", Intent.RequiresPaymentMethod, "card_declined", null, null, null);
        Assert.Null(PaymentRules.OfReading(Attempt.Submitted, open));
        Assert.Equal(new Outcome.Declined("card_declined", null), PaymentRules.OfReading(Attempt.RequiresAction, open));
        Assert.Equal(new Outcome.Declined("card_declined", null), PaymentRules.OfReading(Attempt.Processing, open));
    }

    [Theory]
    [InlineData(Said.Refused)]
    [InlineData(Said.BrokeForGood)]
    public void A_refusal_and_a_repeated_failure_are_no_outcome(Said said) =>
        Assert.Null(PaymentRules.OfConfirmation(new ProviderAnswer<Intent>(said)));

    [Fact]
    public void The_form_is_repeated_for_an_hour_and_no_longer()
    {
        Assert.Equal(NextCall.Confirm, PaymentRules.Next(Made(Attempt.Submitted), Noon.AddMinutes(59)));
        Assert.Equal(NextCall.ReadOrCancel, PaymentRules.Next(Made(Attempt.Submitted), Noon.AddMinutes(60)));
        Assert.Equal(NextCall.Read, PaymentRules.Next(Made(Attempt.Processing), Noon.AddDays(2)));
    }

    [Fact]
    public void An_attempt_whose_outcome_is_not_known_reads_processing() =>
        Assert.Equal("processing", Made(Attempt.Submitted).View().Status);

    private static Attempt Made(string status) => new()
    {
        Id = Guid.Empty,
        OrderId = Guid.Empty,
        AmountMinor = 1,
        Currency = "USD",
        IntentId = "pi_1",
        Form = "",
        ApiVersion = "",
        Status = status,
        CreatedAt = Noon,
    };
}
