using System.Text.RegularExpressions;

namespace Stoa.Simulation;

/// <summary>A file of the folder Sabotages: its first line names the rule and how it is broken, and what follows is the patch.
/// A line "Caught by: Payments.Tests, Stoa.Payments.Tests.RaceTests" between the two names a test class that catches it on
/// PostgreSQL, for what one process on SQLite cannot get wrong.</summary>
internal sealed partial record Sabotage(string File, string Text)
{
    public string Name => Path.GetFileNameWithoutExtension(File);

    public string Breaks => Text.Split('\n')[0];

    /// <summary>The projects of src that it changes.</summary>
    public IReadOnlyList<string> Projects => [.. Changed().Matches(Text).Select(found => found.Groups["project"].Value).Distinct()];

    /// <summary>The test project and its class; null: the simulation catches it.</summary>
    public (string Project, string Class)? Race => CaughtBy().Match(Text) is { Success: true } found ? (found.Groups["project"].Value, found.Groups["class"].Value) : null;

    public static List<Sabotage> All(string root) =>
        [.. Directory.GetFiles(Path.Combine(root, "tests", "Simulation", "Sabotages"), "*.patch").Order(StringComparer.Ordinal).Select(file => new Sabotage(file, System.IO.File.ReadAllText(file)))];

    [GeneratedRegex(@"^\+\+\+ b/src/(?<project>\w+)/", RegexOptions.Multiline)]
    private static partial Regex Changed();

    [GeneratedRegex(@"^Caught by: (?<project>[\w.]+), (?<class>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex CaughtBy();
}
