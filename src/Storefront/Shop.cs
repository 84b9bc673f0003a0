using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>The shop as a site: at the root of the address.</summary>
public static class Shop
{
    public static readonly SiteFiles Files = new("");

    public static Site At(string publicUrl) => new(publicUrl, Cookies: "stoa", Under: "", AfterForm: "/cart")
    {
        Missing = status => Show.Page<MissingPage>(status: status),
        Stale = status => Show.Page<StalePage>(status: status),
        Broken = traceId => Show.Page<BrokenPage>(new { TraceId = traceId }, 500),
        Down = (part, again) => Show.Page<DownPage>(new { Part = part, Again = again }, 503),
    };
}
