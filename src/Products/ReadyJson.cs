using System.Text;

namespace Stoa.Products;

/// <summary>JSON that was made when its product was written and goes out as it is.</summary>
public sealed class ReadyJson(string json, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>A second: long enough to carry any crowd from a cache, short enough that nobody sees an old price for longer.</summary>
    public const string Caching = "public, max-age=1";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = bytes.Length;
        return httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }
}
