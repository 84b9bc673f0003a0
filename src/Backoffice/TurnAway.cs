using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Stoa.Backoffice.Pages;
using Stoa.Kernel;

namespace Stoa.Backoffice;

/// <summary>Who may not see a page: nobody known is asked to log in, a shopper finds nothing there, and staff are told that
/// it takes an admin.</summary>
public sealed class TurnAway(Site office) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler otherwise = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult.Succeeded || !context.Request.Path.StartsWithSegments(Office.Path)
            ? otherwise.HandleAsync(next, context, policy, authorizeResult)
            : Instead(context, authorizeResult.Forbidden).ExecuteAsync(context);

    private IResult Instead(HttpContext context, bool known)
    {
        context.Response.Headers.CacheControl = "no-store";
        var here = FaultPages.Here(context, office.AfterForm);
        if (context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Failure is UnavailableException) return office.Down("Logging in", here);
        if (!known) return Show.Next($"{Office.Path}/login?returnUrl={Uri.EscapeDataString(here)}");
        return Staff.Is(context.User) ? Show.Page<ForbiddenPage>(status: 403) : office.Missing(404);
    }
}
