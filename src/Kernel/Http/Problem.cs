using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace Stoa.Kernel;

/// <summary>Refusals as RFC 9457 problems: <c>type, title, status, detail, code, traceId</c> and what else the code promises.</summary>
public static class Problem
{
    /// <summary>A refusal with a stable code.</summary>
    /// <param name="status">The HTTP status, 4xx or 5xx.</param>
    /// <param name="code">Lower-case words joined by underscores; clients rely on it.</param>
    /// <param name="detail">A sentence for a person: what happened and what to do next.</param>
    /// <param name="extra">An object whose properties join the problem's own, such as <c>new { items }</c>.</param>
    public static ProblemHttpResult Of(int status, string code, string detail, object? extra = null)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code, ["traceId"] = Activity.Current?.TraceId.ToString() };
        if (extra is not null)
        {
            foreach (var property in JsonSerializer.SerializeToElement(extra, Json.Options).EnumerateObject()) extensions[property.Name] = property.Value;
        }

        return TypedResults.Problem(detail, statusCode: status, title: ReasonPhrases.GetReasonPhrase(status),
            type: "https://www.rfc-editor.org/rfc/rfc9110#section-15", extensions: extensions);
    }

    /// <summary>404: nothing here, or nothing that this buyer may know of.</summary>
    public static ProblemHttpResult NotFound(string detail = "There is no such thing here.", string code = "not_found") => Of(404, code, detail);

    /// <summary>503 with Retry-After: something that this answer needs is away.</summary>
    public static IResult Unavailable(string what) => new WithRetryAfter(
        Of(503, "temporarily_unavailable", $"This cannot be answered right now ({what}). Try again in a moment."), TimeSpan.FromSeconds(1));

    /// <summary>503 with Retry-After: the connection to the database was lost in COMMIT (S2).</summary>
    public static IResult OutcomeUnknown() => new WithRetryAfter(
        Of(503, "outcome_unknown", "This may have been done or not. Look, or send it again with the same Idempotency-Key."), TimeSpan.FromSeconds(1));

    /// <summary>429 with Retry-After.</summary>
    public static IResult TooMany(string code, string detail, TimeSpan retryAfter) => new WithRetryAfter(Of(429, code, detail), retryAfter);

    /// <summary>422 <c>validation</c> with the messages of each field.</summary>
    public static ProblemHttpResult Validation(IReadOnlyDictionary<string, string[]> errors) =>
        Of(422, "validation", "Some fields are not as they must be.", new { errors });

    private sealed class WithRetryAfter(ProblemHttpResult problem, TimeSpan wait) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return problem.ExecuteAsync(httpContext);
        }
    }
}
