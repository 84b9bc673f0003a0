namespace Stoa.StripeSandbox;

/// <summary>An answer on its way out, with the headers that tell of its idempotency key.</summary>
/// <param name="originalRequest">The request that first used the key; null when no key was kept.</param>
public sealed class StripeAnswer(int status, string body, StripeCall? call, string? originalRequest) : IResult
{
    public Task ExecuteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        if (call?.IdempotencyKey is { } key)
        {
            response.Headers["Idempotency-Key"] = key;
            response.Headers["Original-Request"] = originalRequest ?? call.RequestId;
            if (originalRequest is not null && originalRequest != call.RequestId) response.Headers["Idempotent-Replayed"] = "true";
        }
        return response.WriteAsync(body, context.RequestAborted);
    }
}
