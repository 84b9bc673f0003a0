namespace Stoa.StripeSandbox;

/// <summary>303: go there with a GET, whatever was sent here.</summary>
public sealed class SeeOther(string location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = location;
        httpContext.Response.Headers["Referrer-Policy"] = "no-referrer";
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
