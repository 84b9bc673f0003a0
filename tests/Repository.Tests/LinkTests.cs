using System.Text.RegularExpressions;

namespace Stoa.Repository.Tests;

/// <summary>What a page points at is there: files, folders and headings.</summary>
public partial class LinkTests
{
    public static TheoryData<string> Pages => [.. Sources.Files("", "*.md").Select(Sources.Short)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Points_at_files_and_headings_that_exist(string page)
    {
        var broken = Links(page).Where(link => !Exists(page, link));

        Assert.Empty(broken);
    }

    private static IEnumerable<string> Links(string page) =>
        Link().Matches(WithoutCode(File.ReadAllText(Path.Combine(Sources.Root, page))))
            .Select(found => found.Groups["target"].Value)
            .Where(target => !target.Contains(':', StringComparison.Ordinal));

    private static bool Exists(string page, string link)
    {
        var (path, heading) = link.Split('#') is [var before, var after] ? (before, after) : (link, "");
        var from = Path.Combine(Sources.Root, page);
        var target = path.Length == 0 ? from : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(from)!, Uri.UnescapeDataString(path)));
        if (heading.Length == 0) return File.Exists(target) || Directory.Exists(target);
        return File.Exists(target) && Headings(File.ReadAllText(target)).Contains(heading);
    }

    private static IEnumerable<string> Headings(string text) =>
        Heading().Matches(WithoutBlocks(text)).Select(found => NotInSlugs().Replace(found.Groups["words"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static string WithoutCode(string text) => InlineCode().Replace(WithoutBlocks(text), "");

    private static string WithoutBlocks(string text) => CodeBlock().Replace(text, "");

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (?<words>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInSlugs();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex InlineCode();
}
