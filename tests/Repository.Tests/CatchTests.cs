using System.Text.RegularExpressions;

namespace Stoa.Repository.Tests;

/// <summary>Outside Kernel a catch names what it expects; one that takes everything only cleans up and throws on.</summary>
public partial class CatchTests
{
    [Fact]
    public void Takes_every_exception_in_Kernel_only()
    {
        var offenders = Product().SelectMany(file => AllCatches().Matches(File.ReadAllText(file))
            .Where(found => !NamesTypes(found.Groups["filter"].Value))
            .Select(found => Place(file, found)));

        Assert.Empty(offenders);
    }

    [Fact]
    public void Throws_on_where_it_catches_without_a_name()
    {
        var offenders = Product().SelectMany(file => BareCatches().Matches(File.ReadAllText(file))
            .Where(found => !found.Groups["block"].Value.Contains("throw;", StringComparison.Ordinal))
            .Select(found => Place(file, found)));

        Assert.Empty(offenders);
    }

    [Theory]
    [InlineData("catch (Exception fault) when (fault is IOException or FormatException)", true)]
    [InlineData("catch (Exception fault) when (fault is not IOException)", false)]
    [InlineData("catch (Exception)", false)]
    public void Tells_a_filter_that_names_types_from_one_that_does_not(string text, bool names) =>
        Assert.Equal(names, NamesTypes(AllCatches().Match(text).Groups["filter"].Value));

    private static IEnumerable<string> Product() =>
        Sources.Files("src", "*.cs").Concat(Sources.Files("samples", "*.cs")).Concat(Sources.Files("catalogue", "*.cs"))
            .Where(file => !Sources.Short(file).StartsWith("src/Kernel/", StringComparison.Ordinal));

    private static bool NamesTypes(string filter) => TypeName().IsMatch(filter);

    private static string Place(string file, Match found) => $"{Sources.Short(file)}: {found.Value.Split('\n')[0]}";

    [GeneratedRegex(@"catch\s*\(\s*(System\.)?Exception\b[^)]*\)(\s*when\s*(?<filter>\([^\n]*))?")]
    private static partial Regex AllCatches();

    [GeneratedRegex(@"\bcatch\s*(?<block>\{(?:[^{}]|\{[^{}]*\})*\})")]
    private static partial Regex BareCatches();

    [GeneratedRegex(@"\bis (?!not\b|null\b)\(?[A-Z]")]
    private static partial Regex TypeName();
}
