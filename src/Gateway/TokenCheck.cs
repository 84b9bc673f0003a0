using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Model;

namespace Stoa.Gateway;

/// <summary>Turns a bad token away at the door. Each service checks again: the door is a relief, not a trust.</summary>
public sealed class TokenCheck(RequestDelegate next)
{
    internal const string Metadata = "checks-token";

    /// <summary>Lets a request pass or answers 401.</summary>
    public async Task Invoke(HttpContext context)
    {
        var checks = context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.Metadata?.ContainsKey(Metadata) ?? false;
        if (checks && context.Request.Headers.Authorization.Count > 0 && !(await context.AuthenticateAsync()).Succeeded)
        {
            await context.ChallengeAsync();
            return;
        }

        await next(context);
    }
}
