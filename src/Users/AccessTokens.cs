using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Whose session it is. A guest has no name and no address.</summary>
public sealed record SessionUser(Guid Id, string? Name, string? Email, string[] Roles);

/// <summary>A session as its holder gets it (the shape of RFC 6749 §5.1, in our case).</summary>
public sealed record SessionView(string AccessToken, string TokenType, int ExpiresIn, string RefreshToken, SessionUser User);

/// <summary>Signs access tokens: JWT, ES256, a quarter of an hour. They carry ids and roles, nothing personal.</summary>
public sealed class AccessTokens(SigningKeys keys, TimeProvider clock)
{
    /// <summary>How long one serves, and so how long access that was revoked may go on (C3).</summary>
    public static readonly TimeSpan Lives = TimeSpan.FromMinutes(15);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>201 with the pair; never to be kept by a cache.</summary>
    public async Task<IResult> Answer(HttpResponse response, SessionUser user, IReadOnlyList<Guid> guests, RefreshTokens.Issued issued, CancellationToken stop)
    {
        response.Headers.CacheControl = "no-store";
        var token = Sign(await keys.Current(stop), user, guests, issued.SessionId);
        return TypedResults.Created((string?)null, new SessionView(token, "Bearer", (int)Lives.TotalSeconds, issued.Token, user));
    }

    private string Sign(SigningCredentials key, SessionUser user, IReadOnlyList<Guid> guests, Guid sessionId)
    {
        var now = clock.GetUtcNow();
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = TokenClaims.Issuer,
            Audience = TokenClaims.Audience,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lives).UtcDateTime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                [TokenClaims.Subject] = user.Id.ToString(),
                [TokenClaims.Roles] = user.Roles,
                [TokenClaims.Guests] = guests.Select(guest => guest.ToString()).ToArray(),
                [TokenClaims.Session] = sessionId.ToString(),
            },
            SigningCredentials = key,
        });
    }
}
