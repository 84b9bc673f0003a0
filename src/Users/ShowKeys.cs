using System.Globalization;

namespace Stoa.Users;

/// <summary>The public keys, for whoever checks access tokens.</summary>
public static class ShowKeys
{
    private static readonly string Cached = string.Create(CultureInfo.InvariantCulture, $"public, max-age={SigningKeys.CacheLifetime.TotalSeconds}");

    public static async Task<IResult> Handle(HttpResponse response, SigningKeys keys, CancellationToken stop)
    {
        response.Headers.CacheControl = Cached;
        return Results.Text(await keys.Jwks(stop), "application/json");
    }
}
