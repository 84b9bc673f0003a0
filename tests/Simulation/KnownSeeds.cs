using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Stoa.Simulation;

/// <summary>docs/sabotages.md: which invariant caught each sabotage, and with which seed first. A run tries that seed before
/// any other, so that all of them are seen caught in minutes.</summary>
internal sealed partial class KnownSeeds
{
    private const string Head = """
        # Sabotages

        Each file of `tests/Simulation/Sabotages` breaks one rule of [the protocol](protocol.md), and must be caught: by an invariant of [the simulation](simulation.md) with the seed that is known or one of its first 50, or, where only PostgreSQL can get it wrong, by the race test that the file names. `./stoa simulate --sabotages` tries them all, beginning with the seed that is known; `./stoa simulate --sabotages --record` wrote this page.

        | sabotage | what it breaks | caught by | seed |
        | --- | --- | --- | --- |

        """;

    private readonly string _file;
    private readonly Dictionary<string, (string By, int? Seed)> _known;

    public KnownSeeds(string root)
    {
        _file = Path.Combine(root, "docs", "sabotages.md");
        _known = File.Exists(_file)
            ? Row().Matches(File.ReadAllText(_file)).ToDictionary(row => row.Groups["name"].Value,
                row => (row.Groups["by"].Value, int.TryParse(row.Groups["seed"].Value, CultureInfo.InvariantCulture, out var seed) ? seed : (int?)null), StringComparer.Ordinal)
            : new(StringComparer.Ordinal);
    }

    public int? Of(Sabotage sabotage) => _known.TryGetValue(sabotage.Name, out var known) ? known.Seed : null;

    /// <param name="by">What caught it; null: nothing did, and what was known of it holds no longer.</param>
    public void Learn(Sabotage sabotage, string? by, int? seed)
    {
        if (by is null) _known.Remove(sabotage.Name);
        else _known[sabotage.Name] = (by, seed);
    }

    /// <summary>Writes the page anew.</summary>
    public void Write(IEnumerable<Sabotage> sabotages)
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var one in sabotages)
        {
            var caught = _known.TryGetValue(one.Name, out var known) ? $"`{known.By}` | {known.Seed?.ToString(CultureInfo.InvariantCulture) ?? "–"}" : "not seen caught yet | –";
            page.Append(CultureInfo.InvariantCulture, $"| `{one.Name}` | {one.Breaks} | {caught} |\n");
        }

        File.WriteAllText(_file, page.ToString());
    }

    [GeneratedRegex(@"^\| `(?<name>[\w-]+)` \| .* \| `(?<by>[^`]+)` \| (?<seed>\S+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
