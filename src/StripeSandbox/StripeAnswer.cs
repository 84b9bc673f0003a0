namespace Stoa.StripeSandbox;

/// <summary>An answer on its way out, with the headers that tell of its idempotency key.</summary>
/// <param name="originalRequest">The request that first used the key; null when the key keeps nothing.</param>
public sealed class StripeAnswer(int status, string body, StripeCall? call, string? originalRequest) : IResult
{
    public StripeAnswer(Answer answer, StripeCall? call, string? originalRequest)
        : this(answer.Status, answer.Body.ToJsonString(Json.Wire), call, originalRequest)
    {
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-cache, no-store";
        if (call?.IdempotencyKey is { } key)
        {
            response.Headers["Idempotency-Key"] = key;
            response.Headers["Original-Request"] = originalRequest ?? call.RequestId;
            if (originalRequest is not null && originalRequest != call.RequestId) response.Headers["Idempotent-Replayed"] = "true";
            // A kept failure would only be replayed; a key that is at work will soon be free.
            if (status == 500 && originalRequest is not null) response.Headers["Stripe-Should-Retry"] = "false";
            if (status == 409) response.Headers["Stripe-Should-Retry"] = "true";
        }
        return response.WriteAsync(body, httpContext.RequestAborted);
    }
}
