using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>Events, one or a list; a list may be of some types.</summary>
public static class ReadEvents
{
    public static Task<IResult> One(string id, StripeCall call, StripeCalls calls, Database rows) =>
        calls.Read(call, Parameters.Of(call, Expansion.Event), async () =>
            await rows.Find<StripeEvent>("SELECT * FROM events WHERE id = @Id", new { Id = id }) is { } stripeEvent
                ? Answer.Ok(stripeEvent.ToJson())
                : StripeError.Missing("event", id, "id", 404));

    public static Task<IResult> List(StripeCall call, StripeCalls calls, Database rows)
    {
        var parameters = Parameters.Of(call, Expansion.Event, list: true);
        var page = ListPage.Read(parameters);
        var types = parameters.Texts("types").ToList();
        if (parameters.Text("type") is { } type) types.Add(type);
        return calls.Read(call, parameters, () => ListPage.Of<StripeEvent>(
            rows, page, "events", "event", "/v1/events", types.Count == 0 ? "" : "type IN @Types",
            types.Count == 0 ? [] : new() { ["Types"] = types }, stripeEvent => stripeEvent.ToJson()));
    }
}
