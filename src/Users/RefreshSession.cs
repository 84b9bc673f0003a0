using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Changes a refresh token for a new pair, with the roles and guests that the user has now.</summary>
public static class RefreshSession
{
    public sealed record Request(string? RefreshToken);

    public static async Task<IResult> Handle(Request request, HttpResponse response, Database database, AccessTokens tokens, Entropy entropy, CancellationToken stop)
    {
        if (request.RefreshToken is null) return new Validation().Require(false, "refreshToken", "is needed").Problem!;
        var renewed = OpaqueToken.Parse(request.RefreshToken) is { } token ? await database.Write(tx => Renew(token, entropy, tx), stop) : null;
        if (renewed is not null) return await tokens.Answer(response, renewed.User, renewed.Guests, renewed.Issued, stop);
        response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Of(401, "refresh_token_invalid", "This session has ended. Log in again.");
    }

    private static async Task<Renewed?> Renew(byte[] token, Entropy entropy, Transaction tx)
    {
        if (await RefreshTokens.Renew(tx, entropy, token) is not { } issued) return null;
        if (issued.IsGuest) return new Renewed(issued, new SessionUser(issued.OwnerId, null, null, StartGuestSession.Roles), []);
        return await Account.Find(tx, issued.OwnerId) is { IsLocked: false } account
            ? new Renewed(issued, new SessionUser(account.Id, account.Name, account.Email, account.RoleNames), await GuestLinks.Of(tx, account.Id))
            : null;
    }

    private sealed record Renewed(RefreshTokens.Issued Issued, SessionUser User, List<Guid> Guests);
}
