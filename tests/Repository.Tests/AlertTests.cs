using System.Text.RegularExpressions;
using Stoa.Kit;

namespace Stoa.Repository.Tests;

/// <summary>Whoever is woken is woken rightly, and finds a page.</summary>
public partial class AlertTests
{
    private static readonly string Folder = Path.Combine(Sources.Root, "deploy", "prometheus");
    private static readonly string Rules = File.ReadAllText(Path.Combine(Folder, "rules.yml"));

    public static TheoryData<string> Alerts => [.. Alert().Matches(Rules).Select(found => found.Groups["name"].Value)];

    [Theory]
    [InlineData("check", "config", "prometheus.yml")]
    [InlineData("test", "rules", "rules.test.yml")]
    public async Task Promtool_finds_nothing_wrong(params string[] command)
    {
        Assert.SkipUnless(TestPrometheus.Missing is null, TestPrometheus.Missing ?? "");
        var (code, said) = await TestPrometheus.Promtool(Folder, command);
        Assert.True(code == 0, said);
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public void Has_a_page_in_the_index_and_a_test_of_firing_and_of_not(string name)
    {
        var rule = Regex.Match(Rules, $@"- alert: {name}\n(?:(?! *- alert).*\n?)*").Value;
        var page = Page().Match(rule).Groups["file"].Value;
        Assert.True(File.Exists(Path.Combine(Sources.Root, "docs", "runbook", page)), $"{name} names the page \"{page}\"");
        Assert.Contains($"({page})", File.ReadAllText(Path.Combine(Sources.Root, "docs", "runbook", "README.md")), StringComparison.Ordinal);

        var tests = File.ReadAllText(Path.Combine(Folder, "rules.test.yml"));
        Assert.Matches($@"alertname: {name}\n +eval_time: \w+\n +exp_alerts:", tests);
        Assert.Matches($@"alertname: {name}, eval_time: \w+\}}", tests);
    }

    [Fact]
    public void Wakes_somebody_for_every_kind_that_a_service_counts()
    {
        Assert.NotEmpty(RunbookTests.Kinds);
        Assert.All(RunbookTests.Kinds, kind => Assert.Matches($@"kind=~?""([a-z_]+\|)*{kind}(\|[a-z_]+)*""", Rules));
    }

    [GeneratedRegex(@"- alert: (?<name>\w+)")]
    private static partial Regex Alert();

    [GeneratedRegex(@"runbook_url: docs/runbook/(?<file>[a-z-]+\.md)")]
    private static partial Regex Page();
}
