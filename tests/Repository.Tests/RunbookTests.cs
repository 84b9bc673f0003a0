using System.Text.RegularExpressions;

namespace Stoa.Repository.Tests;

/// <summary>Whoever is woken by an alert finds its page.</summary>
public partial class RunbookTests
{
    /// <summary>Everything that services count as a thing for a person.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [.. Sources.Files("src", "*.cs").SelectMany(file => Alert().Matches(File.ReadAllText(file))).Select(found => found.Groups["kind"].Value).Distinct()];

    [Fact]
    public void Has_a_page_for_every_kind_of_alert()
    {
        var index = File.ReadAllText(Path.Combine(Sources.Root, "docs", "runbook", "README.md"));

        Assert.NotEmpty(Kinds);
        Assert.All(Kinds, kind => Assert.Contains($"`{kind}`", index, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\bAlert(s\.Add\(1,[^;]*?\x22kind\x22,\s*|\()\x22(?<kind>[a-z_]+)\x22")]
    private static partial Regex Alert();
}
