namespace Stoa.StripeSandbox;

/// <summary>Stripe's idempotency (https://docs.stripe.com/api/idempotent_requests): the first result of a key, whatever it
/// was, is the result of all its repetitions for a day. The key is claimed before the work and in its transaction, so of
/// two processes with one key the second waits for the first and then replays it.</summary>
public static class IdempotencyKeys
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <param name="OriginalRequest">The request that made it; another than the present one says that this is a replay.</param>
    public sealed record Outcome(int Status, string Body, string OriginalRequest);

    private sealed record Row(string Fingerprint, string RequestId, int Status, string Body);

    public static async Task<Outcome> Once(Change change, StripeCall call, Func<Task<Answer>> work)
    {
        if (call.IdempotencyKey is not { } key) return Of(await work(), call);

        var claimed = await change.Tx.Execute("""
            INSERT INTO idempotency_keys (key, created_at, fingerprint, request_id, status, body)
            VALUES (@Key, @Now, @Fingerprint, @RequestId, 0, '')
            ON CONFLICT (key) DO UPDATE SET created_at = excluded.created_at, fingerprint = excluded.fingerprint, request_id = excluded.request_id, status = 0, body = ''
            WHERE idempotency_keys.created_at <= @Forgotten
            """, new { Key = key, change.Now, call.Fingerprint, call.RequestId, Forgotten = change.Now - Kept });
        if (claimed == 0) return await Replay(change, call, key);

        var answer = await work();
        var outcome = Of(answer, call);
        if (answer.KeptUnderKey)
            await change.Tx.Execute("UPDATE idempotency_keys SET status = @Status, body = @Body WHERE key = @Key", new { outcome.Status, outcome.Body, Key = key });
        else
            await change.Tx.Execute("DELETE FROM idempotency_keys WHERE key = @Key", new { Key = key });
        return outcome;
    }

    /// <summary>Forgets keys past their day, or all that match when a test asks for it.</summary>
    public static Task<int> Forget(Change change, string? key) =>
        change.Tx.Execute("DELETE FROM idempotency_keys WHERE key = @Key OR @Key IS NULL", new { Key = key });

    public static Task<int> ForgetOld(Change change) =>
        change.Tx.Execute("DELETE FROM idempotency_keys WHERE created_at <= @Forgotten", new { Forgotten = change.Now - Kept });

    public static StripeError InUse(string key) => new(409, StripeError.InvalidRequest,
        $"There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): {key}. Please try again later.")
    {
        Code = "idempotency_key_in_use",
    };

    private static async Task<Outcome> Replay(Change change, StripeCall call, string key)
    {
        var first = await change.Tx.Find<Row>("SELECT fingerprint, request_id, status, body FROM idempotency_keys WHERE key = @Key", new { Key = key })
            ?? throw new InvalidOperationException("a claimed idempotency key has no row");
        return first.Fingerprint == call.Fingerprint ? new Outcome(first.Status, first.Body, first.RequestId) : Of(OtherRequest(key), call);
    }

    private static StripeError OtherRequest(string key) => new(400, StripeError.IdempotencyError,
        $"Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '{key}' if you meant to execute a different request.");

    private static Outcome Of(Answer answer, StripeCall call) => new(answer.Status, answer.Body.ToJsonString(Json.Wire), call.RequestId);
}
