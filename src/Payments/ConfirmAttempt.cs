namespace Stoa.Payments;

/// <summary>Takes an attempt one step on: asks the provider, and settles by what it says. The request path and recovery take
/// the same step (P1); whoever calls holds the attempt's lease.</summary>
public sealed class ConfirmAttempt(StripeClient stripe, SettleAttempt settle, TimeProvider clock)
{
    public async Task<Attempt> Step(Attempt claimed) => await settle.Apply(claimed, PaymentRules.Next(claimed, clock.GetUtcNow()) switch
    {
        NextCall.Confirm => await Confirm(claimed),
        NextCall.ReadOrCancel => await ReadOrCancel(claimed, refusal: null),
        _ => await Read(claimed),
    });

    private async Task<Outcome> Confirm(Attempt attempt)
    {
        var answer = await stripe.Confirm(attempt.IntentId, attempt.Form, attempt.ApiVersion, attempt.Id);
        return PaymentRules.OfConfirmation(answer) ?? await ReadOrCancel(attempt, answer.Code);
    }

    /// <summary>Only the intent's own word ends an unknown attempt: <c>succeeded</c> or <c>canceled</c>, never absence, a
    /// time-out or a refusal (P10).</summary>
    private async Task<Outcome> ReadOrCancel(Attempt attempt, string? refusal)
    {
        var read = await stripe.ReadIntent(attempt.IntentId);
        if (read.Said != Said.Object) return new Outcome.Unknown();
        var outcome = PaymentRules.OfReading(attempt.Status, read.Value!);
        if (outcome is null)
        {
            var canceled = await stripe.Cancel(attempt.IntentId);
            outcome = canceled.Said == Said.Object ? PaymentRules.OfReading(attempt.Status, canceled.Value!) : null;
        }

        return outcome is Outcome.Cancelled ? new Outcome.Cancelled(refusal) : outcome ?? new Outcome.Unknown();
    }

    private async Task<Outcome> Read(Attempt attempt)
    {
        var read = await stripe.ReadIntent(attempt.IntentId);
        return (read.Said == Said.Object ? PaymentRules.OfReading(attempt.Status, read.Value!) : null) ?? new Outcome.Unknown();
    }
}
