using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>Answers calls: a change once per idempotency key (https://docs.stripe.com/api/idempotent_requests), with the key's
/// record in the change's own transaction, so that a charge and the answer that tells of it are kept together.</summary>
public sealed class StripeCalls(Sandbox sandbox, Database rows, Faults faults, TimeProvider clock)
{
    /// <summary>Keys whose first request is still at work in this process. Between processes, the key's row decides.</summary>
    private readonly ConcurrentDictionary<string, byte> atWork = new(StringComparer.Ordinal);

    /// <summary>Makes a change and answers what it says.</summary>
    /// <param name="refusal">What was wrong with the parameters, if anything was.</param>
    public async Task<IResult> Change(StripeCall call, Parameters parameters, StripeError? refusal, Func<Change, Task<Answer>> work)
    {
        if (refusal is not null) return Send(call, refusal);
        if (call.IdempotencyKey is not { } key) return await Run(call, Expanded);
        if (!atWork.TryAdd(key, 0)) return Send(call, IdempotencyKeys.InUse(key));
        try
        {
            return await Run(call, Expanded);
        }
        finally
        {
            atWork.TryRemove(key, out _);
        }

        async Task<Answer> Expanded(Change change)
        {
            var answer = await work(change);
            if (answer.Status == 200) await Expansion.Apply(answer.Body, parameters.Expand, change.Tx);
            return answer;
        }
    }

    /// <summary>Reads something and answers it.</summary>
    public async Task<IResult> Read(StripeCall call, Parameters parameters, Func<Task<Answer>> read)
    {
        if (parameters.Refusal is { } refusal) return Send(call, refusal);
        var fault = faults.Take(call.Operation);
        var answer = await read();
        if (answer.Status == 200) await Expansion.Apply(answer.Body, parameters.Expand, rows);
        return fault is null ? Send(call, answer) : await Suffer(call, fault, answer);
    }

    /// <summary>Does what a test helper asks.</summary>
    public Task<IResult> Help(StripeCall call, Parameters parameters, Action help)
    {
        if (parameters.Refusal is { } refusal) return Task.FromResult(Send(call, refusal));
        help();
        return Task.FromResult(Send(call, Answer.Ok(new JsonObject { ["object"] = "stoa.done", ["faults"] = faults.Count })));
    }

    public static IResult Send(StripeCall call, Answer answer) => new StripeAnswer(answer, call, null);

    private async Task<IResult> Run(StripeCall call, Func<Change, Task<Answer>> work)
    {
        var fault = faults.Take(call.Operation);
        var kept500 = fault is { Answer: "500", Kept: true };
        if (fault is { AfterEffect: false } && !kept500) return await Suffer(call, fault, InternalError());

        // The caller's impatience does not undo a charge (a client that hangs up has still paid), so no token is passed.
        var outcome = await sandbox.Write(call, change => IdempotencyKeys.Once(change, call, async () =>
        {
            var answer = fault is { AfterEffect: false } ? InternalError() : await work(change);
            return kept500 ? InternalError() : answer;
        }));
        return fault is null || kept500
            ? new StripeAnswer(outcome.Status, outcome.Body, call, outcome.OriginalRequest)
            : await Suffer(call, fault, InternalError());
    }

    private async Task<IResult> Suffer(StripeCall call, Faults.Fault fault, Answer answer)
    {
        switch (fault.Answer)
        {
            case "429":
                return Send(call, new StripeError(429, StripeError.InvalidRequest, "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.") { Code = "rate_limit" });
            case "hang":
                await Task.Delay(fault.Hang, clock, call.Context.RequestAborted);
                return Send(call, answer);
            case "reset":
                call.Context.Abort();
                return Results.Empty;
            default:
                return Send(call, InternalError());
        }
    }

    private static Answer InternalError() => new StripeError(500, StripeError.ApiError, "An unknown error occurred");
}
