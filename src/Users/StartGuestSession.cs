using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>A session without an account: a cart and orders of one's own. The guest's id survives each refresh (I4).</summary>
public static class StartGuestSession
{
    /// <summary>What a guest may do.</summary>
    public static readonly string[] Roles = ["guest"];

    public static async Task<IResult> Handle(HttpResponse response, Database database, AccessTokens tokens, Entropy entropy, CancellationToken stop)
    {
        var guestId = entropy.NewId();
        var issued = await database.Write(tx => RefreshTokens.Begin(tx, entropy, guestId, isGuest: true), stop);
        return await tokens.Answer(response, new SessionUser(guestId, null, null, Roles), [], issued, stop);
    }
}
