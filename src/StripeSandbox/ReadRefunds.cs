using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>Refunds, one or a list; a list may be of one intent or one charge.</summary>
public static class ReadRefunds
{
    public static Task<IResult> One(string id, StripeCall call, StripeCalls calls, Database rows) =>
        calls.Read(call, Parameters.Of(call, Expansion.Refund), async () =>
            await rows.Find<Refund>("SELECT * FROM refunds WHERE id = @Id", new { Id = id }) is { } refund
                ? Answer.Ok(refund.ToJson())
                : StripeError.Missing("refund", id, "refund", 404));

    public static Task<IResult> List(StripeCall call, StripeCalls calls, Database rows)
    {
        var parameters = Parameters.Of(call, Expansion.Refund, list: true);
        var page = ListPage.Read(parameters);
        var (intent, charge) = (parameters.Text("payment_intent"), parameters.Text("charge"));
        string[] filters = [.. intent is null ? [] : new[] { "payment_intent = @Intent" }, .. charge is null ? [] : new[] { "charge = @Charge" }];
        return calls.Read(call, parameters, () => ListPage.Of<Refund>(
            rows, page, "refunds", "refund", "/v1/refunds", string.Join(" AND ", filters),
            new() { ["Intent"] = intent, ["Charge"] = charge }, refund => refund.ToJson()));
    }
}
