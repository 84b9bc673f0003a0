using System.Text.RegularExpressions;

namespace Stoa.Repository.Tests;

/// <summary>The tables that people look things up in hold everything that the code knows.</summary>
public partial class TableTests
{
    /// <summary>Codes that no client of the public API sees: a bug, and a consumer whose source was restored.</summary>
    private static readonly string[] NotOfTheApi = ["internal_error", "log_diverged"];

    [Fact]
    public void Names_every_setting_in_the_README()
    {
        var readme = Read("README.md");
        var settings = Found(Setting()).ToList();

        Assert.Contains("Stoa:Currency", settings);
        Assert.All(settings, setting => Assert.Contains($"`{setting}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_every_code_of_a_refusal_on_the_API_s_page()
    {
        var page = Read("docs/api/README.md");
        var codes = Found(Code()).Except(NotOfTheApi).ToList();

        Assert.Contains("out_of_stock", codes);
        Assert.All(codes, code => Assert.Contains($"`{code}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_every_command_and_option_in_the_README()
    {
        var readme = Read("README.md");
        var words = Command().Matches(Read("src/Launcher/Program.cs")).Select(found => found.Groups["word"].Value).ToList();

        Assert.Contains("up", words);
        Assert.All(words, word => Assert.Matches($"`[^`\n]*(?<![a-z-]){Regex.Escape(word)}(?![a-z-])[^`\n]*`", readme));
    }

    private static IEnumerable<string> Found(Regex what) => Sources.Files("src", "*.cs")
        .SelectMany(file => what.Matches(File.ReadAllText(file))).Select(found => found.Groups["word"].Value).Distinct();

    private static string Read(string page) => File.ReadAllText(Path.Combine(Sources.Root, page));

    [GeneratedRegex(@"(\[|GetValue<[a-z]+>\()\x22(?<word>Stoa:[A-Za-z:]+|(STRIPE|STOA|OTEL)_[A-Z_]+)\x22[\]),]")]
    private static partial Regex Setting();

    [GeneratedRegex(@"Problem\.(Of\(4\d\d,\s*|TooMany\(|NotFound\([^;\n]*,\s*)\x22(?<word>[a-z_]+)\x22")]
    private static partial Regex Code();

    [GeneratedRegex(@"(Add\(|new Option<[^>]+>\()\x22(?<word>[a-z-]+)\x22")]
    private static partial Regex Command();
}
