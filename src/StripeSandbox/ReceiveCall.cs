using System.Security.Cryptography;
using System.Text;
using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>The door of <c>/v1</c>: names the request, checks its key and version, and reads its parameters, so that a
/// handler sees only calls. What it refuses, it refuses in Stripe's words.</summary>
public sealed class ReceiveCall(RequestDelegate next, SandboxOptions options, Entropy entropy)
{
    private const int LongestBody = 256 * 1024;
    private const int LongestKey = 255;

    public async Task Invoke(HttpContext context)
    {
        var requestId = StripeId.New(entropy, "req_", 14);
        context.Response.Headers["Request-Id"] = requestId;
        context.Response.Headers["Stripe-Version"] = ApiVersion.Current;
        context.Features.Set<FaultAnswer>(Fault);

        var (call, refusal) = await Read(context, requestId);
        if (refusal is null)
        {
            context.Features.Set(call);
            await next(context);
            return;
        }
        await new StripeAnswer(refusal, null, null).ExecuteAsync(context);
    }

    private async Task<(StripeCall? Call, StripeError? Refusal)> Read(HttpContext context, string requestId)
    {
        var request = context.Request;
        if (RefusesKey(context) is { } stranger) return (null, stranger);
        if (RefusesVersion(context) is { } version) return (null, version);
        if (context.GetEndpoint() is not RouteEndpoint route) return (null, Unrecognized(request));

        var key = request.Headers["Idempotency-Key"].ToString();
        if (key.Length > LongestKey)
            return (null, StripeError.Invalid(null, null, $"Idempotency keys can be at most {LongestKey} characters; this one has {key.Length}.") with { Type = StripeError.IdempotencyError });
        var (form, malformed) = await Parameters(request);
        if (malformed is not null) return (null, malformed);

        var operation = $"{request.Method} {route.RoutePattern.RawText}";
        return (new StripeCall(context, requestId, operation, Fingerprint($"{request.Method} {request.Path}\n{form!.Canonical()}"),
            // A GET repeats itself by nature: its key has no effect.
            HttpMethods.IsPost(request.Method) && key.Length > 0 ? key : null, form), null);
    }

    /// <summary>Stripe's clients know a failure by the body's <c>error</c> alone: a problem document would pass for a success.</summary>
    private static StripeAnswer Fault(Exception fault) => new(fault is BadHttpRequestException bad
        ? new StripeError(bad.StatusCode, StripeError.InvalidRequest, bad.Message)
        : new StripeError(fault is UnavailableException or OvertakenException or OperationCanceledException ? 503 : 500, StripeError.ApiError, "An unknown error occurred"), null, null);

    private StripeError? RefusesKey(HttpContext context)
    {
        var given = KeyFrom(context.Request.Headers.Authorization.ToString());
        if (given is not null && !given.StartsWith("sk_live_", StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(options.SecretKey))) return null;
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"Stripe\"";
        return new StripeError(401, StripeError.InvalidRequest, given switch
        {
            null => "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.",
            _ when given.StartsWith("sk_live_", StringComparison.Ordinal) => "This is a sandbox: it takes no live keys. Treat the key you just sent as seen by others, and roll it.",
            _ => $"Invalid API Key provided: {Masked(given)}",
        });
    }

    /// <summary>The key as a bearer token, or as the user name of Basic authentication with an empty password.</summary>
    private static string? KeyFrom(string authorization)
    {
        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return authorization[7..].Trim() is { Length: > 0 } key ? key : null;
        if (!authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return null;
        var decoded = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[6..].Trim(), decoded, out var length)) return null;
        return Encoding.UTF8.GetString(decoded, 0, length).Split(':')[0] is { Length: > 0 } user ? user : null;
    }

    private static string Masked(string key) => key.Length < 16 ? new string('*', key.Length) : $"{key[..8]}{new string('*', 12)}{key[^4..]}";

    private static StripeError? RefusesVersion(HttpContext context)
    {
        var version = context.Request.Headers["Stripe-Version"].ToString();
        if (version.Length == 0) return null;
        if (!ApiVersion.WellFormed(version))
            return StripeError.Invalid(null, null, $"Invalid Stripe API version: {(version.Length <= 40 ? version : version[..40])}. API versions have the form YYYY-MM-DD, with a release name since 2024-09-30.");
        context.Response.Headers["Stripe-Version"] = version;
        return null;
    }

    private static async Task<(Form? Form, StripeError? Refusal)> Parameters(HttpRequest request)
    {
        var form = Form.Parse(request.QueryString.HasValue ? request.QueryString.Value![1..] : "");
        if (form is not null && HttpMethods.IsPost(request.Method) && request.ContentLength is not 0 && request.ContentType is not null)
        {
            if (!request.ContentType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
                return (null, StripeError.Invalid(null, null, "Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have any questions, we can help at https://support.stripe.com/."));
            if (await Body(request) is not { } body)
                return (null, new StripeError(413, StripeError.InvalidRequest, "The request is too large.") { KeptUnderKey = false });
            form = Form.Parse(form, body);
        }
        return form is null
            ? (null, StripeError.Invalid(null, null, "Invalid request: the parameters could not be read. Nested parameters are written like `metadata[key]=value`, lists like `expand[]=value`."))
            : (form, null);
    }

    private static async Task<string?> Body(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0)
        {
            if (buffer.Length + read > LongestBody) return null;
            buffer.Write(chunk, 0, read);
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static StripeError Unrecognized(HttpRequest request) => new(404, StripeError.InvalidRequest,
        $"Unrecognized request URL ({request.Method}: {request.Path}). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code. Please see https://stripe.com/docs or we can help at https://support.stripe.com/.");

    private static string Fingerprint(string meaning) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(meaning)));
}
