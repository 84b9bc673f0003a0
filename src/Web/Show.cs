using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Stoa.Web;

/// <summary>Answers with a page. Pages hold no logic and make no calls: what they show is handed to them here.</summary>
public static class Show
{
    /// <param name="parameters">An object whose properties are the page's parameters.</param>
    /// <param name="status">A page that explains a refusal keeps the refusal's status.</param>
    public static RazorComponentResult Page<T>(object? parameters = null, int status = 200) where T : IComponent =>
        new(typeof(T), parameters ?? new { }) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>The site's page for what is not there: see <see cref="FaultPages"/>.</summary>
    public static IResult NotFound() => TypedResults.NotFound();

    /// <summary>After a form: see other (303), so that reloading shows a page and sends nothing again.</summary>
    public static IResult Next(string path) => new SeeOther(path);

    private sealed class SeeOther(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
