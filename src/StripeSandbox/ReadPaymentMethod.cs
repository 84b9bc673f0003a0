namespace Stoa.StripeSandbox;

/// <summary>A payment method. Of a test id, as at Stripe, each reading is a new one that may be used.</summary>
public static class ReadPaymentMethod
{
    public static Task<IResult> Handle(string id, StripeCall call, StripeCalls calls, Sandbox sandbox) =>
        calls.Read(call, Parameters.Of(call, Expansion.Method), () => sandbox.Write(call, async change =>
        {
            var (method, missing) = await change.FindMethod(id);
            if (missing is not null) return missing with { Status = 404 };
            await change.Keep(method!);
            return Answer.Ok(method!.ToJson());
        }));
}
