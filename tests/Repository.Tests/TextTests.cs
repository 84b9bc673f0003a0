using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Stoa.Repository.Tests;

/// <summary>What shoppers read stands in resource files, whole in each language, and nowhere else.</summary>
public partial class TextTests
{
    private const string OtherLanguage = ".de.resx";

    private static readonly string[] Pages = [.. Sources.Files("src/Storefront", "*.razor"), .. Sources.Files("src/Web", "*.razor")];

    /// <summary>A word of ours that is the same in every language.</summary>
    private static readonly string[] Names = ["Stoa", "· Stoa"];

    public static TheoryData<string> ResourceFiles =>
        [.. Sources.Files("src", "*.resx").Where(file => !file.EndsWith(OtherLanguage, StringComparison.Ordinal)).Select(Sources.Short)];

    [Theory, MemberData(nameof(ResourceFiles))]
    public void Are_the_same_in_every_language_and_fill_in_the_same_places(string file)
    {
        var (english, other) = (Read(file), Read(file.Replace(".resx", OtherLanguage, StringComparison.Ordinal)));
        Assert.NotEmpty(english);
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, text => Assert.Equal((text.Key, Shape(text.Value)), (text.Key, Shape(other[text.Key]))));
        Assert.All(other, text => Assert.NotEqual("", text.Value.Trim()));
    }

    [Theory, MemberData(nameof(ResourceFiles))]
    public void Are_all_used(string file)
    {
        var code = string.Concat(Sources.Files(Path.GetDirectoryName(file)!, "*").Where(one => Path.GetExtension(one) is ".cs" or ".razor").Select(File.ReadAllText));
        var used = Use().Matches(code).Select(found => found.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Read(file).Keys.Except(used));
    }

    [Fact]
    public void Are_not_written_in_pages()
    {
        Assert.NotEmpty(Pages);
        Assert.Empty(Pages.SelectMany(page => RazorWords.In(File.ReadAllText(page)).Except(Names).Select(words => $"{Sources.Short(page)}: {words}")));
    }

    [Fact]
    public void Are_not_written_in_the_code_behind_pages() => Assert.Empty(Sources.Files("src/Storefront", "*.cs")
        .SelectMany(file => Sentence().Matches(File.ReadAllText(file)).Select(found => $"{Sources.Short(file)}: {found.Value}")));

    [Theory]
    [InlineData("<p>Hello <b>you</b></p>", "Hello|you")]
    [InlineData("<p title=\"Over there\">@Texts.Here</p>", "Over there")]
    [InlineData("<Shell Title=\"Cart\">@if (a > b) { <i class=\"not me\">@x.Y(\"z\")</i> } else { <i>Or me</i> }</Shell>", "Or me|Cart")]
    [InlineData("@(open ? \"Come in\" : \"closed\")", "Come in")]
    [InlineData("@* a remark *@@foreach (var (a, b) in Things) { <a href=\"/x?y=@a\" aria-label=\"@Texts.A.With(b)\">@b</a> }", "")]
    [InlineData("<p>@a</p>\n@code {\n    private string Way = \"This way\"; // Not me\n}", "This way")]
    public void Would_be_found_there(string page, string words) => Assert.Equal(words, string.Join('|', RazorWords.In(page)));

    private static Dictionary<string, string> Read(string file) => XDocument.Load(Path.Combine(Sources.Root, file)).Root!.Elements("data")
        .ToDictionary(text => text.Attribute("name")!.Value, text => text.Element("value")!.Value, StringComparer.Ordinal);

    /// <summary>The places of a text and its mark-up; a text of two forms has the places of both.</summary>
    private static string Shape(string text) => string.Join(' ', Place().Matches(text).Select(found => found.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\d\}|</?[a-z]+|\|")]
    private static partial Regex Place();

    [GeneratedRegex(@"\bTexts\.(?<name>\w+)")]
    private static partial Regex Use();

    [GeneratedRegex("\"[A-Z][a-z]+ [a-z]+[^\"\n]*\"")]
    private static partial Regex Sentence();
}
