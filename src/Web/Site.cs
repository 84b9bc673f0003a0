namespace Stoa.Web;

/// <summary>What is different between the sites: where one stands, and the pages for what goes wrong.</summary>
/// <param name="Cookies">What its cookies' names begin with: sites of one host keep out of each other's way.</param>
/// <param name="Under">The path below which it stands, empty for the root; log-in is at <c>/login</c> below it.</param>
/// <param name="AfterForm">Where a visitor goes on after a form that failed: it cannot be loaded again.</param>
public sealed record Site(string PublicUrl, string Cookies, string Under, string AfterForm)
{
    /// <summary>The page for an address that leads nowhere, with its status.</summary>
    public required Func<int, IResult> Missing { get; init; }

    /// <summary>The page for a form whose token is missing, foreign or of another visitor, with its status.</summary>
    public required Func<int, IResult> Stale { get; init; }

    /// <summary>The page for a bug, which names its trace.</summary>
    public required Func<string?, IResult> Broken { get; init; }

    /// <summary>The page for a part that is down, with where to try again.</summary>
    public required Func<string, string, IResult> Down { get; init; }
}
