using System.Net;
using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Stoa.Kernel;

/// <summary>Set among a request's features by a service that speaks another's protocol (the sandbox speaks Stripe's): how a
/// fault reads there, instead of a problem.</summary>
/// <param name="fault">What was thrown; it is logged already.</param>
public delegate IResult FaultAnswer(Exception fault);

/// <summary>Turns whatever a handler did not answer itself into a problem: bad requests, faults, bugs, bare status codes.</summary>
internal sealed partial class ProblemHandling(RequestDelegate next, ILogger<ProblemHandling> log)
{
    public async Task Invoke(HttpContext context)
    {
        try
        {
            CheckQuery(context.Request);
            await next(context);
            if (!context.Response.HasStarted && context.Response is { StatusCode: >= 400, ContentLength: null, ContentType: null } response
                && Bare(response.StatusCode) is { } bare)
            {
                await bare.ExecuteAsync(context);
            }
        }
#pragma warning disable CA1031 // the last stop: every fault becomes an answer, and a bug is told with its trace id
        catch (Exception fault) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            if (fault is OperationCanceledException && Deadline.ClientLeft(context)) return;
            var answer = Answer(fault);
            if (context.Features.Get<FaultAnswer>() is { } foreign) answer = foreign(fault);
            context.Response.Clear();
            await answer.ExecuteAsync(context);
        }
    }

    /// <summary>A query holds text: UTF-8, and no U+0000, which PostgreSQL cannot store. (The framework's own decoder
    /// leaves bytes that are no UTF-8 as they are, percent signs and all.)</summary>
    private static void CheckQuery(HttpRequest request)
    {
        if (request.QueryString.Value is not { } query || !query.Contains('%', StringComparison.Ordinal)) return;
        var bytes = WebUtility.UrlDecodeToBytes(Encoding.UTF8.GetBytes(query), 0, Encoding.UTF8.GetByteCount(query));
        if (bytes.Contains((byte)0) || !Utf8.IsValid(bytes)) throw new BadHttpRequestException("the query is not UTF-8 text without U+0000");
    }

    private IResult Answer(Exception fault)
    {
        switch (fault)
        {
            case RefusedException refused:
                return refused.Problem;
            case BadHttpRequestException bad:
                return Malformed(bad);
            case UnavailableException away:
                LogAway(log, away.What, away.InnerException?.Message);
                return away.OutcomeUnknown ? Problem.OutcomeUnknown() : Problem.Unavailable(away.What);
            case OperationCanceledException:
                return Problem.Unavailable("it took too long");
            case OvertakenException:
                return Problem.Unavailable("others were faster");
            default:
                LogBug(log, fault);
                return Problem.Of(500, "internal_error", "Something broke on our side. Tell us the traceId if it stays.");
        }
    }

    private static IResult Malformed(BadHttpRequestException bad) => bad.StatusCode switch
    {
        413 => Problem.Of(413, "too_large", "The request's body is larger than this call takes."),
        415 => Bare(415)!,
        _ => Problem.Of(400, "malformed", bad.InnerException is System.Text.Json.JsonException json ? $"The body is not the JSON this call takes: {json.Path}" : bad.Message),
    };

    private static IResult? Bare(int status) => status switch
    {
        400 => Problem.Of(400, "malformed", "The request cannot be read."),
        401 => Problem.Of(401, "unauthenticated", "Send a valid access token."),
        403 => Problem.Of(403, "forbidden", "This token does not allow that."),
        404 => Problem.NotFound(),
        405 => Problem.Of(405, "method_not_allowed", "This address does not know that method."),
        413 => Problem.Of(413, "too_large", "The request's body is larger than this call takes."),
        415 => Problem.Of(415, "unsupported_media_type", "Send application/json."),
        429 => Problem.Of(429, "too_many_requests", "Too many requests. Wait a little."),
        503 => Problem.Unavailable("the service"),
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "answered 503: {What} is away ({Reason})")]
    private static partial void LogAway(ILogger log, string what, string? reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "answered 500")]
    private static partial void LogBug(ILogger log, Exception fault);
}
