using System.Globalization;

namespace Stoa.Kernel;

/// <summary>A guest's access token as the proof of having been that guest: at sign-up, login and merge (I4, C2). It
/// serves for 30 days after it ended, so that a cart outlives a closed laptop.</summary>
public sealed class GuestTokens
{
    /// <summary>How long after its end a guest's token still proves who it was: Users publishes a key that no longer
    /// signs for as long.</summary>
    public static readonly TimeSpan GoodAfterEnd = TimeSpan.FromDays(30);

    private readonly KeyRing _keys;
    private readonly TimeProvider _clock;

    internal GuestTokens(KeyRing keys, TimeProvider clock)
    {
        _keys = keys;
        _clock = clock;
    }

    /// <summary>The guest whose token that is.</summary>
    /// <param name="token">What the caller sent.</param>
    /// <param name="stop">Ends the wait for the keys.</param>
    /// <returns>Null for a shopper's token, one that ended too long ago, and any other text.</returns>
    /// <exception cref="UnavailableException">Its key is not known here and Users cannot be asked.</exception>
    public async Task<Guid?> Check(string token, CancellationToken stop)
    {
        var result = await AccessTokenCheck.Check(token, GoodAfterEnd, _keys, _clock, stop);
        if (result is null || result.ClaimsIdentity.FindAll(TokenClaims.Roles).Any(role => role.Value != "guest")) return null;
        return result.ClaimsIdentity.HasClaim(TokenClaims.Roles, "guest")
            ? Guid.Parse(result.ClaimsIdentity.FindFirst(TokenClaims.Subject)!.Value, CultureInfo.InvariantCulture)
            : null;
    }
}
