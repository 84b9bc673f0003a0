namespace Stoa.Backoffice;

/// <summary>
/// Before everything else: the session's access token, which a browser sends in a cookie, becomes the request's bearer token.
/// So the same check as in every service says who this is, and the pages ask for their roles as every staff call does.
/// </summary>
public sealed class StaffDoor(CookieRules cookies) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseSafeHeaders();
        cookies.UseWith(app);
        Office.Files.UseWith(app);
        app.KeepSessionFresh(IsPage);
        app.Use((context, go) =>
        {
            // A header of the caller's own opens nothing here: the forms' tokens guard cookies alone.
            if (IsPage(context)) context.Request.Headers.Authorization = Bearer(context.RequestServices.GetRequiredService<Session>());
            return go(context);
        });
        next(app);
    };

    private static bool IsPage(HttpContext context) => context.Request.Path.StartsWithSegments(Office.Path);

    private static string? Bearer(Session session) => session.AccessToken is { } token ? "Bearer " + token : null;
}
