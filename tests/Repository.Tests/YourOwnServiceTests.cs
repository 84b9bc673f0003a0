using System.Text.RegularExpressions;

namespace Stoa.Repository.Tests;

/// <summary>docs/your-own-service.md against the service that it grows: at its end the page has shown every file, as it is.</summary>
public partial class YourOwnServiceTests
{
    private static readonly string[] NotShown = ["packages.lock.json"];

    [Fact]
    public void Shows_every_file_of_the_finished_service_and_its_tests_as_it_is()
    {
        var shown = new Dictionary<string, string>();
        foreach (Match block in Block().Matches(File.ReadAllText(Path.Combine(Sources.Root, "docs", "your-own-service.md")))) shown[block.Groups["file"].Value] = block.Groups["text"].Value;

        var files = Sources.Files("samples/wishlist", "*").Concat(Sources.Files("tests/Wishlist.Tests", "*")).Where(file => !NotShown.Contains(Path.GetFileName(file))).ToList();
        Assert.Equal(files.Select(Sources.Short).Order(StringComparer.Ordinal), shown.Keys.Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(File.ReadAllText(file), shown[Sources.Short(file)]));
    }

    [GeneratedRegex(@"^`(?<file>[A-Za-z0-9_./]+)`\n```[a-z]+\n(?<text>.*?\n)```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
