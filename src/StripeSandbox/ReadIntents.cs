using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>Payment intents, one or a list.</summary>
public static class ReadIntents
{
    public static Task<IResult> One(string id, StripeCall call, StripeCalls calls, Database rows)
    {
        var parameters = Parameters.Of(call, Expansion.Intent);
        parameters.Ignore("client_secret");
        return calls.Read(call, parameters, async () =>
            await rows.Find<PaymentIntent>("SELECT * FROM payment_intents WHERE id = @Id", new { Id = id }) is { } intent
                ? Answer.Ok(intent.ToJson())
                : StripeError.Missing("payment_intent", id, "intent", 404));
    }

    public static Task<IResult> List(StripeCall call, StripeCalls calls, Database rows)
    {
        var parameters = Parameters.Of(call, Expansion.Intent, list: true);
        var page = ListPage.Read(parameters);
        var customer = parameters.Text("customer");
        return calls.Read(call, parameters, async () => customer is not null
            ? StripeError.Missing("customer", customer, "customer", 400)
            : await ListPage.Of<PaymentIntent>(rows, page, "payment_intents", "payment_intent", "/v1/payment_intents", "", [], intent => intent.ToJson()));
    }
}
