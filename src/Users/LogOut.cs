using System.Security.Claims;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Ends the session: its refresh tokens serve no more; the access token goes on until it ends by itself (C3).</summary>
public static class LogOut
{
    public static async Task<IResult> Handle(ClaimsPrincipal user, Database database, CancellationToken stop)
    {
        if (SessionOf(user) is { } sessionId) await database.Write(tx => RefreshTokens.Revoke(tx, sessionId), stop);
        return Results.NoContent();
    }

    /// <summary>The session that an access token belongs to.</summary>
    public static Guid? SessionOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(TokenClaims.Session), out var id) ? id : null;
}
