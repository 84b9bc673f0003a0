using Microsoft.AspNetCore.Http;
using Stoa.Kernel;
using Yarp.ReverseProxy.Forwarder;

namespace Stoa.Gateway;

/// <summary>A service that is away or too slow is 503 <c>temporarily_unavailable</c>, never a bare gateway error.</summary>
public sealed class ProxyFailure(RequestDelegate next)
{
    /// <summary>Forwards, and answers itself where forwarding failed.</summary>
    public async Task Invoke(HttpContext context)
    {
        await next(context);
        if (context.Features.Get<IForwarderErrorFeature>() is not { } failure || context.Response.HasStarted) return;
        var answer = failure.Error is ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled
            ? Answer(failure)
            : AwayPage.IsWanted(context.Request) ? new AwayPage() : Problem.Unavailable(context.GetReverseProxyFeature().Cluster.Config.ClusterId);
        context.Response.Clear();
        await answer.ExecuteAsync(context);
    }

    /// <summary>The client's body broke off, or was larger than the door takes.</summary>
    private static IResult Answer(IForwarderErrorFeature failure) => Causes(failure.Exception).Any(cause => cause is BadHttpRequestException { StatusCode: 413 })
        ? Problem.Of(413, "too_large", "The request's body is larger than this call takes.")
        : Problem.Of(400, "malformed", "The request's body broke off.");

    private static IEnumerable<Exception> Causes(Exception? fault) => fault switch
    {
        null => [],
        AggregateException many => many.Flatten().InnerExceptions.SelectMany(Causes),
        _ => [fault, .. Causes(fault.InnerException)],
    };
}
