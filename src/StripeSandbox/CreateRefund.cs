namespace Stoa.StripeSandbox;

/// <summary>Gives money back, never more than was charged; pending refunds count
/// (https://docs.stripe.com/api/refunds/create).</summary>
public static class CreateRefund
{
    private sealed record Request(string? Intent, string? Charge, long? Amount, string? Reason, string Metadata);

    public static Task<IResult> Handle(StripeCall call, StripeCalls calls)
    {
        var parameters = Parameters.Of(call, Expansion.Refund);
        var request = new Request(
            parameters.Text("payment_intent"), parameters.Text("charge"), parameters.Integer("amount", least: 1),
            parameters.OneOf("reason", "duplicate", "fraudulent", "requested_by_customer"),
            Json.Store(parameters.Metadata().Where(pair => pair.Value.Length > 0).ToDictionary()));
        return calls.Change(call, parameters, parameters.Refusal ?? Check(request), change => Refund(change, request));
    }

    private static StripeError? Check(Request request)
    {
        if (request.Intent is null && request.Charge is null)
            return StripeError.Invalid(null, "parameter_missing", "One of the following params should be provided for this request: payment_intent or charge.");
        return request.Intent is null || request.Charge is null ? null
            : StripeError.Invalid(null, null, "You may only specify one of these parameters: charge, payment_intent.");
    }

    private static async Task<Answer> Refund(Change change, Request request)
    {
        var (charge, missing) = await ChargeToRefund(change, request);
        if (missing is not null) return missing;
        var amount = request.Amount ?? charge!.Unrefunded;
        if (charge!.RefusesRefund(amount) is { } refusal) return refusal;

        var (method, _) = await change.FindMethod(charge.PaymentMethod);
        var refund = Draft(change, charge, amount, request) with
        {
            Status = method!.Test.OnRefund == OnRefund.PendThenSucceed ? StripeSandbox.Refund.Pending : StripeSandbox.Refund.Succeeded,
            SettlesAt = method.Test.OnRefund == OnRefund.Succeed ? null : change.SettlesAt,
            SettlesAs = method.Test.OnRefund switch
            {
                OnRefund.PendThenSucceed => StripeSandbox.Refund.Succeeded,
                OnRefund.SucceedThenFail => StripeSandbox.Refund.Failed,
                _ => null,
            },
        };
        await change.Insert(refund);
        var refunded = await change.UpdateRefunded(charge, charge.AmountRefunded + amount);
        await change.Tell("refund.created", refund.ToJson());
        await change.Tell("charge.refunded", refunded.ToJson());
        return Answer.Ok(refund.ToJson());
    }

    private static async Task<(Charge? Charge, StripeError? Missing)> ChargeToRefund(Change change, Request request)
    {
        if (request.Charge is not null)
            return await change.LockCharge(request.Charge) is { } charge ? (charge, null) : (null, StripeError.Missing("charge", request.Charge, "charge", 404));
        if (await change.LockIntent(request.Intent!) is not { } intent)
            return (null, StripeError.Missing("payment_intent", request.Intent!, "payment_intent", 404));
        return intent.Status == PaymentIntent.Succeeded ? (await change.LockCharge(intent.LatestCharge!), null)
            : (null, new StripeError(400, StripeError.InvalidRequest, $"This PaymentIntent ({intent.Id}) does not have a successful charge to refund.") { Param = "payment_intent" });
    }

    private static Refund Draft(Change change, Charge charge, long amount, Request request) => new()
    {
        // Stripe's refunds of other methods than cards have another prefix.
        Id = change.NewId(charge.Id.StartsWith("py_", StringComparison.Ordinal) ? "pyr_" : "re_"),
        CreatedAt = change.Now,
        Charge = charge.Id,
        PaymentIntent = charge.PaymentIntent,
        Status = StripeSandbox.Refund.Succeeded,
        Amount = amount,
        Currency = charge.Currency,
        Reason = request.Reason,
        Metadata = request.Metadata,
    };
}
