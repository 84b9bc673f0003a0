using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>Charges, one or a list; a list may be of one intent.</summary>
public static class ReadCharges
{
    public static Task<IResult> One(string id, StripeCall call, StripeCalls calls, Database rows) =>
        calls.Read(call, Parameters.Of(call, Expansion.Charge), async () =>
            await rows.Find<Charge>("SELECT * FROM charges WHERE id = @Id", new { Id = id }) is { } charge
                ? Answer.Ok(charge.ToJson())
                : StripeError.Missing("charge", id, "id", 404));

    public static Task<IResult> List(StripeCall call, StripeCalls calls, Database rows)
    {
        var parameters = Parameters.Of(call, Expansion.Charge, list: true);
        var page = ListPage.Read(parameters);
        var intent = parameters.Text("payment_intent");
        return calls.Read(call, parameters, () => ListPage.Of<Charge>(
            rows, page, "charges", "charge", "/v1/charges", intent is null ? "" : "payment_intent = @Intent",
            new() { ["Intent"] = intent }, charge => charge.ToJson()));
    }
}
