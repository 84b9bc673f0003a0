using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Ends an order's open intent at the provider, for a closure or for another method (P8). Only the provider's word
/// <c>canceled</c> counts as done; whatever else it says of the intent is applied as well.</summary>
public sealed class CancelIntent(Database database, StripeClient stripe, SettleAttempt settle)
{
    /// <param name="intentId">An intent that an attempt was made with.</param>
    /// <param name="stop">Ends the wait for the database.</param>
    /// <returns>Whether the intent is canceled now.</returns>
    public async Task<bool> Run(string intentId, CancellationToken stop)
    {
        var attempt = await Attempt.LastOf(database, intentId, stop) ?? throw new BrokenRuleException($"no attempt was made with intent {intentId}");
        var answer = await stripe.Cancel(intentId);
        if (answer.Said == Said.Refused) answer = await stripe.ReadIntent(intentId); // succeeded, processing, or canceled before
        if (answer.Said != Said.Object) return false;
        var outcome = PaymentRules.OfReading(attempt.Status, answer.Value!);
        if (outcome is not null) await settle.Apply(attempt, outcome);
        return outcome is Outcome.Cancelled;
    }
}
