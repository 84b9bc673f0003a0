namespace Stoa.Web;

/// <summary>Before a page: when the access token has run out and the refresh token has not, changes it for a new pair.</summary>
public static class KeepFresh
{
    /// <param name="app">The site.</param>
    /// <param name="isPage">Files need no session.</param>
    public static void KeepSessionFresh(this IApplicationBuilder app, Func<HttpContext, bool> isPage) => app.Use(async (context, next) =>
    {
        var services = context.RequestServices;
        if (isPage(context) && services.GetRequiredService<Session>() is { AccessToken: null, RefreshToken: not null })
            await services.GetRequiredService<ApiCaller>().Refresh(context.RequestAborted);
        await next(context);
    });
}
