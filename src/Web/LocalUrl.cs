namespace Stoa.Web;

/// <summary>Where a visitor may be sent after a form: a path of this shop, never another site.</summary>
public static class LocalUrl
{
    /// <returns>The path when it is one of ours; else <paramref name="otherwise"/>.</returns>
    public static string Or(string? path, string otherwise = "/") => IsLocal(path) ? path! : otherwise;

    /// <summary>
    /// "/x" is ours; "//x" and "/\x" are other hosts to a browser, which also drops tabs and line ends from addresses.
    /// </summary>
    public static bool IsLocal(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && path.Length <= 512 && path.All(c => c is > ' ' and < '\x7f' and not '\\');

    /// <summary>A picture's address from the API: a path of this origin, or https elsewhere; null otherwise.</summary>
    public static string? Picture(string? url) =>
        IsLocal(url) || Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? url : null;
}
