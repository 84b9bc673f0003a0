using System.Text.Json;
using Stoa.Bench.Load;
using Stoa.Bench.Report;

namespace Stoa.Bench.Tests;

/// <summary>What several runs come to.</summary>
public sealed class ReportTests
{
    [Fact]
    public void Makes_one_line_of_the_same_figure_of_all_runs()
    {
        var line = Assert.Single(Line.Of([[One("product", 64, 100)], [One("product", 64, 400)], [One("product", 64, 200)]]));

        Assert.Equal(new Spread(200, 100, 400), line.PerSecond);
        Assert.Equal(3, line.Errors);
        Assert.Equal(["seen", "seen", "seen"], line.Notes);
        Assert.Equal(2, line.CpuSeconds["orders"].Median);
        Assert.Equal((1, 22, 10), (line.CpuMsEach.Median, line.CallsEach.Median, line.CommitsEach.Median));
    }

    [Fact]
    public void Keeps_apart_what_was_measured_with_other_numbers_at_once() =>
        Assert.Equal([1, 64], Line.Of([[One("product", 1, 1), One("product", 64, 1)]]).Select(line => line.AtOnce));

    [Fact]
    public void Compares_each_run_with_its_own_limit()
    {
        // against the median limit of 100 the second run would be at 10 and the third at 0.1
        var ratio = Assert.Single(Ratio.Of([[One("purchase", 32, 60), One("skeleton", 32, 100)], [One("purchase", 32, 1000), One("skeleton", 32, 2000)], [One("purchase", 32, 7), One("skeleton", 32, 10)]], onPostgres: false), one => one.Name == "purchases, 32 at once");

        Assert.Equal(0.6, ratio.Value.Median, 5);
        Assert.Equal((0.5, 0.7), (Math.Round(ratio.Value.Lowest, 5), Math.Round(ratio.Value.Highest, 5)));
        Assert.True(ratio.Holds);
    }

    [Theory]
    [InlineData(false, 40, true)]
    [InlineData(false, 41, false)]
    [InlineData(true, 60, true)]
    [InlineData(true, 61, false)]
    public void Lets_a_purchase_cost_so_many_hops(bool onPostgres, int hops, bool holds) =>
        Assert.Equal(holds, Ratio.Of([[One("purchase", 32, 100), One("bare hop", 64, 100 * hops)]], onPostgres).Single(ratio => ratio.Name == "a whole purchase, 32 at once").Holds);

    [Fact]
    public void Counts_the_calls_and_the_commits_of_all_processes() =>
        Assert.Equal(new Traffic(12, 7), Traffic.Read(
        [
            "# TYPE http_server_request_duration_seconds histogram\nhttp_server_request_duration_seconds_count{http_route=\"/a b\"} 5\nhttp_server_request_duration_seconds_sum 9\n",
            "http_server_request_duration_seconds_count 7\nstoa_database_commits_total 7\n",
        ]));

    [Fact]
    public void Tells_within_which_bound_events_had_their_effect_since_an_earlier_look()
    {
        var before = Delays.Read([Told("orders", 5, 5, 5)]);
        var since = Delays.Read([Told("orders", 55, 95, 105), Told("carts", 49, 99, 100)]).Since(before);

        Assert.Equal((50, 75, double.PositiveInfinity), (since.Percentile(0.4), since.Percentile(0.9), since.Percentile(0.99)));
        Assert.Equal(0, before.Since(before).Percentile(0.99));

        static string Told(string source, int within50, int within75, int all) => string.Join('\n', new[] { ("0.05", within50), ("0.075", within75), ("+Inf", all) }
            .Select(one => $"stoa_subscription_delay_seconds_bucket{{source=\"{source}\",le=\"{one.Item1}\"}} {one.Item2}"));
    }

    [Fact]
    public void Says_nothing_of_a_figure_whose_limit_was_not_measured() =>
        Assert.Empty(Ratio.Of([[One("product", 64, 100)]], onPostgres: false));

    [Fact]
    public void Writes_what_was_not_measured_as_null()
    {
        var folder = Directory.CreateTempSubdirectory("stoa-report-");
        try
        {
            Files.Write(folder.FullName, "a machine", 1, Line.Of([[Figure.Plain("bare hop", "one hop", new Outcome(1, 1, new Latencies(), 0, ""))]]), [], null);
            using var report = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "report.json")));

            Assert.Equal(JsonValueKind.Null, report.RootElement.GetProperty("figures")[0].GetProperty("p99Ms").GetProperty("median").ValueKind);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>With one error, one note, and two seconds of CPU.</summary>
    private static Figure One(string name, int atOnce, int perSecond)
    {
        var latencies = new Latencies();
        for (var act = 0; act < perSecond; act++) latencies.Add(TimeSpan.FromMilliseconds(1));
        return new Figure(name, name, new Outcome(atOnce, 1, latencies, 1, ""), new Dictionary<string, double> { ["orders"] = 2 }, new Costs(1, 22, 10), "seen");
    }
}
