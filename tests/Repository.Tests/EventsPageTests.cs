using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Stoa.Contracts;

namespace Stoa.Repository.Tests;

/// <summary>docs/events.md against the code: the types of Contracts, who makes them, who subscribes to them.</summary>
public partial class EventsPageTests
{
    private static readonly Dictionary<string, Section> Page = Read();

    public static TheoryData<string> Types => [.. Events.Keys.Order(StringComparer.Ordinal)];

    private static Dictionary<string, Type> Events { get; } = typeof(IEvent).Assembly.GetExportedTypes()
        .Where(type => type.IsClass && type.IsAssignableTo(typeof(IEvent)))
        .ToDictionary(type => Static<string>(type, nameof(IEvent.Type)));

    [Fact]
    public void Names_the_events_that_exist_and_no_others() => Assert.Equal(Events.Keys.Order(), Page.Keys.Order());

    [Theory]
    [MemberData(nameof(Types))]
    public void Tells_the_version(string type) => Assert.Equal(Static<int>(Events[type], nameof(IEvent.Version)), Page[type].Version);

    [Theory]
    [MemberData(nameof(Types))]
    public void Tells_the_payload(string type)
    {
        var fields = Events[type].GetProperties().Where(property => property.GetMethod is { IsStatic: false })
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));

        Assert.Equal(fields, Page[type].Fields);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Tells_who_publishes_it(string type) => Assert.Equal(Holders($@"\bnew {Events[type].Name}\(|\b{Events[type].Name} \w+\([^)]*\)\s*=>\s*new\("), Page[type].Publishers);

    [Theory]
    [MemberData(nameof(Types))]
    public void Tells_who_consumes_it(string type) => Assert.Equal(Holders($@"\.On<{Events[type].Name}>\("), Page[type].Consumers);

    private static List<string> Holders(string pattern) =>
        [.. Sources.Services.Where(service => Sources.Files($"src/{service}", "*.cs").Any(file => Regex.IsMatch(File.ReadAllText(file), pattern)))];

    private static T Static<T>(Type type, string property) => (T)type.GetProperty(property)!.GetValue(null)!;

    private static Dictionary<string, Section> Read()
    {
        var text = File.ReadAllText(Path.Combine(Sources.Root, "docs", "events.md"));
        return Part().Matches(text).Select(part => new Section(
                part.Groups["type"].Value,
                int.Parse(part.Groups["version"].Value, CultureInfo.InvariantCulture),
                Names(part.Groups["publisher"].Value),
                Names(part.Groups["consumers"].Value),
                [.. Row().Matches(part.Groups["rows"].Value).Select(row => row.Groups["field"].Value)]))
            .ToDictionary(section => section.Type);
    }

    private static List<string> Names(string text) => text.Trim() is "nobody yet" ? [] : [.. text.Split(',', StringSplitOptions.TrimEntries)];

    private sealed record Section(string Type, int Version, List<string> Publishers, List<string> Consumers, List<string> Fields);

    [GeneratedRegex(@"^### (?<type>[a-z_.]+), version (?<version>\d+)\n(?<words>(?!###)(?:.|\n)*?)\nPublisher: (?<publisher>[^\n]+)\. Consumers: (?<consumers>[^\n]+)\.\n\n(?<rows>(\|[^\n]*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Part();

    [GeneratedRegex(@"^\| `(?<field>[A-Za-z]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
