namespace Stoa.Web;

/// <summary>
/// The visitor's tokens, kept in cookies that no script can read. The access cookie lives as long as its token, so
/// that its absence beside a refresh token means: refresh. The name is for greeting only; nothing is decided by it.
/// </summary>
public sealed class Session(VisitorCookies cookies)
{
    private static readonly TimeSpan RefreshLife = TimeSpan.FromDays(30);

    public string? AccessToken => cookies.Read("access");
    public string? RefreshToken => cookies.Read("refresh");
    public string? Name => cookies.Read("name");
    public bool Exists => AccessToken is not null;
    public bool IsSignedIn => Exists && Name is not null;

    /// <summary>Takes new tokens; at login every cookie of the session before is replaced (no session fixation).</summary>
    public void Keep(Tokens tokens)
    {
        // A little less than the token's life: the page's own calls come after the check.
        cookies.Write("access", tokens.AccessToken, TimeSpan.FromSeconds(Math.Max(tokens.ExpiresIn - 30, 5)));
        cookies.Write("refresh", tokens.RefreshToken, RefreshLife);
        if ((tokens.User?.Name ?? Name) is { } name) Rename(name);
    }

    public void Rename(string name) => cookies.Write("name", name, RefreshLife);

    public void End()
    {
        foreach (var cookie in (string[])["access", "refresh", "name"]) cookies.Delete(cookie);
    }
}
