using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>A picture, for everybody and for ever: its name changes with its content. Opened by itself it may do nothing.</summary>
public static class ShowPicture
{
    public static async Task<IResult> Handle(string name, HttpContext http, Database database, CancellationToken stop)
    {
        var headers = http.Response.Headers;
        if (PictureType.Named(name) is not { } type) return Problem.NotFound();
        var content = await database.Find<byte[]>("SELECT content FROM pictures WHERE name = @name", new { name }, stop);
        if (content is null) return Problem.NotFound();
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        headers.ETag = $"\"{name}\"";
        return http.Request.HoldsAlready($"\"{name}\"") ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Bytes(content, type.MediaType);
    }
}
