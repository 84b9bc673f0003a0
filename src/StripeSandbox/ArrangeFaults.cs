using System.Text.Json.Nodes;

namespace Stoa.StripeSandbox;

/// <summary>The test helpers under <c>/v1/test_helpers/stoa</c>: what the next requests suffer, what becomes of the next
/// webhooks, and which idempotency keys are forgotten before their day is over. Stripe has nothing like them.</summary>
public static class ArrangeFaults
{
    /// <summary><c>on</c>, <c>when</c> (before or after the effect), <c>answer</c>, <c>kept</c>, <c>times</c>, <c>seconds</c> (of a hang).</summary>
    public static Task<IResult> ForRequests(StripeCall call, StripeCalls calls, Faults faults)
    {
        var parameters = new Parameters(call.Form);
        var answer = parameters.OneOf("answer", "500", "429", "hang", "reset") ?? "500";
        var fault = new Faults.Fault(
            parameters.Text("on"), parameters.OneOf("when", "before", "after") == "after", answer,
            parameters.Boolean("kept") ?? answer == "500", Seconds(parameters, 60));
        var times = Times(parameters);
        return calls.Help(call, parameters, () => faults.Arrange(fault, times));
    }

    /// <summary><c>type</c> (of the event; absent: any), <c>treatment</c> (drop, delay, repeat), <c>times</c>, <c>seconds</c> (of a delay).</summary>
    public static Task<IResult> ForWebhooks(StripeCall call, StripeCalls calls, Faults faults)
    {
        var parameters = new Parameters(call.Form);
        var fault = new Faults.WebhookFault(
            parameters.Text("type"), parameters.OneOf("treatment", "drop", "delay", "repeat") ?? "drop", Seconds(parameters, 5));
        var times = Times(parameters);
        return calls.Help(call, parameters, () => faults.Arrange(fault, times));
    }

    public static Task<IResult> Clear(StripeCall call, StripeCalls calls, Faults faults) =>
        calls.Help(call, new Parameters(call.Form), faults.Clear);

    /// <summary>Forgets one <c>key</c>, as Stripe may after 24 hours; without it, all of them.</summary>
    public static async Task<IResult> ForgetKeys(StripeCall call, Sandbox sandbox)
    {
        var parameters = new Parameters(call.Form);
        var key = parameters.Text("key");
        if (parameters.Refusal is { } refusal) return StripeCalls.Send(call, refusal);
        await sandbox.Write(call, change => IdempotencyKeys.Forget(change, key));
        return StripeCalls.Send(call, Answer.Ok(new JsonObject { ["object"] = "stoa.done" }));
    }

    private static int Times(Parameters parameters) => (int)(parameters.Integer("times", least: 1, most: 1000) ?? 1);

    private static TimeSpan Seconds(Parameters parameters, int usual) =>
        TimeSpan.FromSeconds(parameters.Integer("seconds", least: 0, most: 3600) ?? usual);
}
