using System.Text.RegularExpressions;

namespace Stoa.StripeSandbox;

/// <summary>The version of Stripe's API whose shapes the sandbox gives. Any well-formed version is accepted and named
/// in the answer, as Stripe does; the shapes stay these.</summary>
public static partial class ApiVersion
{
    public const string Current = "2026-10-28.endive";

    public static bool WellFormed(string version) => Shape().IsMatch(version);

    [GeneratedRegex(@"^20\d\d-[01]\d-[0-3]\d(\.[a-z]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
