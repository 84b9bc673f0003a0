namespace Stoa.StripeSandbox;

/// <summary>A request to the API, once it is known to be one: authenticated, and its parameters read (ReceiveCall).</summary>
/// <param name="Operation">Method and route, such as <c>POST /v1/refunds</c>.</param>
/// <param name="Fingerprint">What an idempotency key is compared by: operation, address and parameters.</param>
public sealed record StripeCall(
    HttpContext Context, string RequestId, string Operation, string Fingerprint, string? IdempotencyKey, Form Form)
{
    /// <summary>Gives handlers the call that the middleware has read.</summary>
    public static ValueTask<StripeCall?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<StripeCall>());
}
