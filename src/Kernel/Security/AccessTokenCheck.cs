using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Stoa.Kernel;

/// <summary>Whether a text is an access token of this store: ES256 by one of Users' keys, with our issuer, audience and
/// a subject, and not ended longer ago than asked.</summary>
internal static class AccessTokenCheck
{
    private const int MostBytes = 8192;

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MostBytes };

    /// <returns>Null when it is none.</returns>
    /// <exception cref="UnavailableException">Its key is not known here and Users cannot be asked.</exception>
    public static async Task<TokenValidationResult?> Check(string token, TimeSpan goodAfterEnd, KeyRing keys, TimeProvider clock, CancellationToken stop)
    {
        if (Read(token) is not { Kid.Length: > 0 } read || await keys.Find(read.Kid, stop) is not { } key) return null;
        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = TokenClaims.Issuer,
            ValidAudience = TokenClaims.Audience,
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            LifetimeValidator = (_, expires, _, _) => expires + goodAfterEnd > clock.GetUtcNow().UtcDateTime,
        });
        return result.IsValid && Guid.TryParse(result.ClaimsIdentity.FindFirst(TokenClaims.Subject)?.Value, out _) ? result : null;
    }

    /// <summary>The token unchecked, to learn which key it names; null for a text that is none.</summary>
    internal static JsonWebToken? Read(string token)
    {
        if (token.Length > MostBytes || !Handler.CanReadToken(token)) return null;
        try
        {
            return Handler.ReadJsonWebToken(token);
        }
        catch (ArgumentException)
        {
            return null; // CanReadToken looks at the dots alone
        }
    }
}
