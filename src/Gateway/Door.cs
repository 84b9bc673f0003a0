using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Stoa.Kernel;

namespace Stoa.Gateway;

/// <summary>What no request brings in from outside: an <c>/internal</c> address in any spelling, a service's token, a
/// deadline, a forwarded address. The Storefront, which proves itself by its token, may say for which visitor it asks.</summary>
public sealed class Door(RequestDelegate next)
{
    /// <summary>The addresses that take more than <see cref="ServiceHost.MostBodyBytes"/>: turned away here, a body that is
    /// too large never reaches a service, which would have to break the connection off in the middle of it.</summary>
    private static readonly (PathString Path, long MostBytes)[] LargerBodies = [("/api/pictures", 1 << 20), ("/api/products/import", 64 << 20), ("/admin/products", 10 << 20), ("/admin/import", 65 << 20)];

    /// <summary>What a page gets, whose calls get <see cref="Deadline.Default"/> each.</summary>
    private static readonly TimeSpan OfPages = TimeSpan.FromSeconds(15);

    private static readonly object VisitorKey = new();

    /// <summary>The client's address: the visitor's when the Storefront asks for one.</summary>
    public static string ClientAddress(HttpContext context) =>
        context.Items[VisitorKey] as string ?? context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    /// <summary>Lets a request pass or not.</summary>
    public async Task Invoke(HttpContext context)
    {
        if (IsClosed(context))
        {
            await Problem.NotFound().ExecuteAsync(context);
            return;
        }

        var most = MostBytes(context.Request.Path);
        if (context.Request.ContentLength > most)
        {
            await Problem.Of(413, "too_large", "The request's body is larger than this call takes.").ExecuteAsync(context);
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body) body.MaxRequestBodySize = most; // of unknown length
        var headers = context.Request.Headers;
        if (headers.ContainsKey(ServiceTokens.Header))
        {
            var caller = await context.AuthenticateAsync("Service");
            if (caller.Succeeded && headers["X-Forwarded-For"].ToString() is { Length: > 0 and < 100 } visitor) context.Items[VisitorKey] = visitor;
            headers.Remove(ServiceTokens.Header);
        }

        headers.Remove("X-Forwarded-For");
        var time = context.GetEndpoint()?.Metadata.GetMetadata<KeepsItsOwnTime>() is null ? Deadline.Default : OfPages;
        headers[Deadline.Header] = ((int)time.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await next(context);
    }

    private static long MostBytes(PathString path)
    {
        foreach (var (larger, most) in LargerBodies)
        {
            if (path.StartsWithSegments(larger)) return most;
        }

        return ServiceHost.MostBodyBytes;
    }

    private static bool IsClosed(HttpContext context) => IsInternal(Uri.UnescapeDataString(context.Request.Path.Value ?? ""))
        || (context.Request.Path.StartsWithSegments("/metrics", StringComparison.OrdinalIgnoreCase) && !IsLocal(context));

    /// <summary>Every segment is looked at as it would be read after one more decoding, whatever stands between; most paths do not
    /// hold the word at all.</summary>
    private static bool IsInternal(string path) => path.Contains("internal", StringComparison.OrdinalIgnoreCase)
        && path.Split('/', '\\').Any(segment => segment.Split(';')[0].Trim().Equals("internal", StringComparison.OrdinalIgnoreCase));

    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && System.Net.IPAddress.IsLoopback(address) && !context.Request.Headers.ContainsKey("X-Forwarded-For");
}
