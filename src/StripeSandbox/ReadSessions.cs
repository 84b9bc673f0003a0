using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>Checkout Sessions, one or a list; a list may be of one intent, or of one status.</summary>
public static class ReadSessions
{
    public static Task<IResult> One(string id, StripeCall call, StripeCalls calls, Database rows) =>
        calls.Read(call, Parameters.Of(call, Expansion.Session), async () =>
            await rows.Find<CheckoutSession>("SELECT * FROM checkout_sessions WHERE id = @Id", new { Id = id }) is { } session
                ? Answer.Ok(session.ToJson())
                : StripeError.Missing("checkout.session", id, "session", 404));

    public static Task<IResult> List(StripeCall call, StripeCalls calls, Database rows)
    {
        var parameters = Parameters.Of(call, Expansion.Session, list: true);
        var page = ListPage.Read(parameters);
        var intent = parameters.Text("payment_intent");
        var status = parameters.OneOf("status", CheckoutSession.Complete, CheckoutSession.Expired, CheckoutSession.Open);
        string[] filters = [.. intent is null ? [] : (string[])["payment_intent = @Intent"], .. status is null ? [] : (string[])["status = @Status"]];
        return calls.Read(call, parameters, () => ListPage.Of<CheckoutSession>(
            rows, page, "checkout_sessions", "checkout.session", "/v1/checkout/sessions", string.Join(" AND ", filters),
            new() { ["Intent"] = intent, ["Status"] = status }, session => session.ToJson()));
    }
}
