using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>The back office as a site: under <c>/admin</c>, with cookies of its own beside the shop's.</summary>
public static class Office
{
    public const string Path = "/admin";

    public static readonly SiteFiles Files = new(Path);

    public static Site At(string publicUrl) => new(publicUrl, Cookies: "stoa.staff", Under: Path, AfterForm: Path + "/orders")
    {
        Missing = status => Show.Page<MissingPage>(status: status),
        Stale = status => Show.Page<StalePage>(status: status),
        Broken = traceId => Show.Page<BrokenPage>(new { TraceId = traceId }, 500),
        Down = (part, again) => Show.Page<DownPage>(new { Part = part, Again = again }, 503),
    };

    /// <summary>Where staff may be sent after logging in: a page of the back office.</summary>
    public static string Local(string? path) =>
        LocalUrl.Or(path, Path).StartsWith(Path + "/", StringComparison.Ordinal) ? path! : Path + "/orders";
}
