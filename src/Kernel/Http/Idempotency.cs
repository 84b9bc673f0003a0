using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Stoa.Kernel;

/// <summary>The <c>Idempotency-Key</c> of a request: 1 to 255 visible ASCII characters. Binds as a handler's parameter;
/// missing or of another shape is 400 <c>idempotency_key_missing</c>.</summary>
/// <param name="Value">The key.</param>
public sealed record IdempotencyKey(string Value)
{
    internal const string Header = "Idempotency-Key";

    /// <summary>Reads the header.</summary>
    /// <exception cref="RefusedException">It is missing or of another shape.</exception>
    public static ValueTask<IdempotencyKey?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var key = context.Request.Headers[Header].ToString();
        return key.Length is >= 1 and <= 255 && key.All(c => c is >= '!' and <= '~')
            ? ValueTask.FromResult<IdempotencyKey?>(new IdempotencyKey(key))
            : throw new RefusedException(Problem.Of(400, "idempotency_key_missing", "Send an Idempotency-Key of 1 to 255 visible ASCII characters."));
    }
}

/// <summary>A parameter's binding refused the request; nothing has run yet. Thrown by bindings alone, never by a feature.</summary>
/// <param name="problem">The answer.</param>
public sealed class RefusedException(ProblemHttpResult problem) : Exception(problem.ProblemDetails.Detail)
{
    /// <summary>The answer.</summary>
    public ProblemHttpResult Problem { get; } = problem;
}

/// <summary>What an earlier request with the same key made.</summary>
/// <param name="ThingId">The order, attempt, adjustment … that it made (I1).</param>
/// <param name="SameRequest">False: the key was used for a request of another meaning: 422.</param>
/// <param name="Status">The final answer's HTTP status; null while there is none: answer the thing's present state (I2).</param>
/// <param name="Answer">The final answer's body, JSON; null while there is none or where it was empty.</param>
public sealed record EarlierRequest(Guid ThingId, bool SameRequest, int? Status, string? Answer)
{
    /// <summary>The final answer again, marked as replayed; problems stay problems.</summary>
    /// <exception cref="InvalidOperationException">There is no final answer yet.</exception>
    public IResult Replay() => new ReplayedAnswer(Status ?? throw new InvalidOperationException("no final answer yet"), Answer);
}

/// <summary>Requests that act once (I1–I4). The record is written in the transaction that makes the thing, names it, and
/// holds the final answer once there is one. Records are kept for 30 days, longer than any client retries.</summary>
public static class Idempotency
{
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>What this key made earlier, for any of the buyer's ids (I4). Serialises requests with the same key.</summary>
    /// <param name="tx">The transaction that will make the thing.</param>
    /// <param name="scope">The kind of request, such as <c>orders</c>.</param>
    /// <param name="buyer">Whose key it is.</param>
    /// <param name="key">The key.</param>
    /// <param name="hash">From <see cref="Hash"/>.</param>
    public static async Task<EarlierRequest?> Earlier(this Transaction tx, string scope, Buyer buyer, IdempotencyKey key, string hash)
    {
        ArgumentNullException.ThrowIfNull(tx);
        ArgumentNullException.ThrowIfNull(buyer);
        ArgumentNullException.ThrowIfNull(key);
        await tx.LockName($"idempotency {scope} {key.Value}");
        return await LookForEarlier(tx, scope, buyer, key, hash, CancellationToken.None);
    }

    /// <summary>The same, before the transaction: a request with that key may be under way and unseen.</summary>
    /// <inheritdoc cref="Earlier"/>
    public static async Task<EarlierRequest?> LookForEarlier(this Sql sql, string scope, Buyer buyer, IdempotencyKey key, string hash, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(sql);
        ArgumentNullException.ThrowIfNull(buyer);
        ArgumentNullException.ThrowIfNull(key);
        var row = await sql.Find<Row>("""
            SELECT thing_id, request_hash, status, answer FROM idempotency
            WHERE scope = @scope AND key = @Value AND owner IN @Ids ORDER BY created_at LIMIT 1
            """, new { scope, key.Value, buyer.Ids }, stop);
        return row is null ? null : new EarlierRequest(row.ThingId, row.RequestHash == hash, row.Status, row.Answer);
    }

    /// <summary>Writes the record, in the transaction that makes the thing.</summary>
    public static Task Remember(this Transaction tx, string scope, Buyer buyer, IdempotencyKey key, string hash, Guid thingId)
    {
        ArgumentNullException.ThrowIfNull(tx);
        ArgumentNullException.ThrowIfNull(buyer);
        ArgumentNullException.ThrowIfNull(key);
        return tx.Execute("""
            INSERT INTO idempotency (scope, owner, key, request_hash, thing_id, created_at)
            VALUES (@scope, @Id, @Value, @hash, @thingId, @Now)
            """, new { scope, buyer.Id, key.Value, hash, thingId, tx.Now });
    }

    /// <summary>Writes the final answer, in the transaction that decides it. A second one changes nothing.</summary>
    /// <param name="tx">The deciding transaction.</param>
    /// <param name="scope">As remembered.</param>
    /// <param name="thingId">As remembered.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="answer">The body, or null for none; written as JSON.</param>
    public static Task Answer(this Transaction tx, string scope, Guid thingId, int status, object? answer)
    {
        ArgumentNullException.ThrowIfNull(tx);
        return tx.Execute("UPDATE idempotency SET status = @status, answer = @answer WHERE scope = @scope AND thing_id = @thingId AND status IS NULL",
            new { scope, thingId, status, answer = answer is null ? null : JsonSerializer.Serialize(answer, answer.GetType(), Json.Options) });
    }

    /// <summary>A hash of the request's meaning: of what was understood, not of its bytes.</summary>
    /// <param name="request">The parsed request.</param>
    public static string Hash<T>(T request) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, Json.Options)));

    /// <summary>422: the key belongs to another request.</summary>
    public static ProblemHttpResult Reused() => Problem.Of(422, "idempotency_key_reused", "This Idempotency-Key was used for another request. Take a new one.");

    /// <summary>409: the first request with this key still runs.</summary>
    public static ProblemHttpResult InProgress() => Problem.Of(409, "request_in_progress", "The first request with this Idempotency-Key still runs. Ask again in a moment.");

    /// <summary>Marks an answer as one that a replay gives: <c>Idempotency-Replayed: true</c>.</summary>
    public static IResult Replayed(IResult answer) => new Marked(answer);

    private sealed record Row(Guid ThingId, string RequestHash, int? Status, string? Answer);

    private sealed class Marked(IResult answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers["Idempotency-Replayed"] = "true";
            return answer.ExecuteAsync(httpContext);
        }
    }
}

internal sealed class ReplayedAnswer(int status, string? body) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.Headers["Idempotency-Replayed"] = "true";
        if (body is null) return;
        httpContext.Response.ContentType = status >= 400 ? "application/problem+json" : "application/json; charset=utf-8";
        await httpContext.Response.WriteAsync(body, httpContext.RequestAborted);
    }
}
