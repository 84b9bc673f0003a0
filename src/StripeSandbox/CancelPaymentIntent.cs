namespace Stoa.StripeSandbox;

/// <summary>Ends an intent that has not been paid; after this nothing can be charged on it
/// (https://docs.stripe.com/api/payment_intents/cancel).</summary>
public static class CancelPaymentIntent
{
    public static Task<IResult> Handle(string id, StripeCall call, StripeCalls calls)
    {
        var parameters = Parameters.Of(call, Expansion.Intent);
        var reason = parameters.OneOf("cancellation_reason", "duplicate", "fraudulent", "requested_by_customer", "abandoned");
        return calls.Change(call, parameters, parameters.Refusal, change => Cancel(change, id, reason));
    }

    private static async Task<Answer> Cancel(Change change, string id, string? reason)
    {
        if (await change.LockSessionOf(id) is not null) return CheckoutSession.KeepsItsIntent();
        if (await change.LockIntent(id) is not { } intent) return StripeError.Missing("payment_intent", id, "intent", 404);
        var (method, _) = intent.PaymentMethod is null ? (null, null) : await change.FindMethod(intent.PaymentMethod);
        if (intent.RefusesCancellation(method?.Test) is { } refusal) return refusal;

        if (intent.Status == PaymentIntent.Processing)
            await change.Settle((await change.LockCharge(intent.LatestCharge!))!, Charge.Failed, Decline.OfDebit("payment_canceled", "The payment was canceled."));
        var canceled = await change.Update(intent, intent with
        {
            Status = PaymentIntent.Canceled,
            CanceledAt = change.Now,
            CancellationReason = reason,
            NextAction = null,
        });
        await change.Tell("payment_intent.canceled", canceled.ToJson());
        return Answer.Ok(canceled.ToJson());
    }
}
