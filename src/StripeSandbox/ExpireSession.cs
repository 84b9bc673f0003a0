namespace Stoa.StripeSandbox;

/// <summary>Closes a page before it was paid on, and cancels what was begun there (https://docs.stripe.com/api/checkout/sessions/expire).
/// Paying and expiring hold the session's lock, so one of them comes first.</summary>
public static class ExpireSession
{
    public static Task<IResult> Handle(string id, StripeCall call, StripeCalls calls)
    {
        var parameters = Parameters.Of(call, Expansion.Session);
        return calls.Change(call, parameters, parameters.Refusal, change => Expire(change, id));
    }

    /// <summary>By time, when it is still open.</summary>
    public static async Task<bool> Due(Change change, string id)
    {
        if (await change.LockSession(id) is not { Status: CheckoutSession.Open } session || session.ExpiresAt > change.Now) return false;
        await End(change, session);
        return true;
    }

    private static async Task<Answer> Expire(Change change, string id)
    {
        if (await change.LockSession(id) is not { } session) return StripeError.Missing("checkout.session", id, "session", 404);
        return session.RefusesExpiry() is { } refusal ? refusal : Answer.Ok((await End(change, session)).ToJson());
    }

    private static async Task<CheckoutSession> End(Change change, CheckoutSession session)
    {
        if (session.PaymentIntent is { } id && await change.LockIntent(id) is { } intent)
        {
            var canceled = await change.Update(intent, intent with
            {
                Status = PaymentIntent.Canceled,
                CanceledAt = change.Now,
                CancellationReason = "expired",
                NextAction = null,
            });
            await change.Tell("payment_intent.canceled", canceled.ToJson());
        }

        var expired = await change.Update(session, session with { Status = CheckoutSession.Expired });
        await change.Tell("checkout.session.expired", expired.ToJson());
        return expired;
    }
}
