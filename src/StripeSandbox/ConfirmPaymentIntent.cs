namespace Stoa.StripeSandbox;

/// <summary>Attempts to pay an intent, with the method it has or another (https://docs.stripe.com/api/payment_intents/confirm).
/// Confirming is decided under the intent's lock, so an intent is charged once however often it is confirmed.</summary>
public static class ConfirmPaymentIntent
{
    public static Task<IResult> Handle(string id, StripeCall call, StripeCalls calls)
    {
        var parameters = Parameters.Of(call, Expansion.Intent);
        parameters.Ignore("mandate_data", "payment_method_options", "use_stripe_sdk");
        var method = parameters.Text("payment_method");
        var terms = new AttemptPayment.Terms(
            parameters.Url("return_url"), parameters.Boolean("off_session") ?? false, parameters.Boolean("error_on_requires_action") ?? false);
        var receipt = parameters.Text("receipt_email", longest: 800);
        return calls.Change(call, parameters, parameters.Refusal, change => Confirm(change, id, method, receipt, terms));
    }

    private static async Task<Answer> Confirm(Change change, string id, string? methodId, string? receipt, AttemptPayment.Terms terms)
    {
        if (await change.LockSessionOf(id) is not null) return CheckoutSession.KeepsItsIntent();
        if (await change.LockIntent(id) is not { } intent) return StripeError.Missing("payment_intent", id, "intent", 404);
        if ((intent.RefusesConfirmation(methodId) ?? intent.RefusesWithoutReturn(terms.ReturnUrl)) is { } refusal) return refusal;

        var (method, missing) = await change.FindMethod(methodId ?? intent.PaymentMethod!);
        if ((missing ?? method!.RefusesUse() ?? intent.RefusesType(method.Test.Type)) is { } unusable) return unusable;

        await change.Keep(method!);
        return await AttemptPayment.Run(change, intent with { ReceiptEmail = receipt ?? intent.ReceiptEmail }, method!, terms);
    }
}
