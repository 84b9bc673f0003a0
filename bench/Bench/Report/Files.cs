using System.Text.Json;

namespace Stoa.Bench.Report;

/// <summary>The report as files: <c>report.json</c> for programs, charts for people.</summary>
internal static class Files
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write(string folder, IReadOnlyList<Figure> figures, IReadOnlyList<Ratio> ratios, Steady? steady)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "report.json"), JsonSerializer.Serialize(new
        {
            machine = Machine.Text,
            figures = figures.Select(Shape),
            ratios,
            steady = steady?.Moments,
        }, Json));
        foreach (var scenario in figures.GroupBy(figure => figure.Name).Where(group => group.Count() > 1))
        {
            File.WriteAllText(Path.Combine(folder, scenario.Key + ".svg"), Chart.Lines(scenario.First().What, "at once", "milliseconds",
                [Line("p50", 0.5), Line("p90", 0.9), Line("p99", 0.99)]));

            (string, IReadOnlyList<(double, double)>) Line(string name, double share) =>
                (name, [.. scenario.Select(figure => ((double)figure.Outcome.Shoppers, figure.Outcome.Latencies.Percentile(share)))]);
        }

        if (steady is null) return;
        File.WriteAllText(Path.Combine(folder, "memory.svg"), Chart.Lines("Memory of all processes under purchases", "seconds", "MiB (PSS)",
            [("all", [.. steady.Moments.Select(moment => (moment.Second, moment.PssMiB))])]));
        File.WriteAllText(Path.Combine(folder, "lag.svg"), Chart.Lines("Event lag under purchases", "seconds", "milliseconds",
            [("slowest subscription", [.. steady.Moments.Select(moment => (moment.Second, moment.LagMs))])]));
    }

    private static object Shape(Figure figure) => new
    {
        figure.Name,
        figure.What,
        atOnce = figure.Outcome.Shoppers,
        perSecond = Math.Round(figure.Outcome.PerSecond, 2),
        p50Ms = Finite(figure.Outcome.Latencies.Percentile(0.5)),
        p90Ms = Finite(figure.Outcome.Latencies.Percentile(0.9)),
        p99Ms = Finite(figure.Outcome.Latencies.Percentile(0.99)),
        p999Ms = Finite(figure.Outcome.Latencies.Percentile(0.999)),
        figure.Outcome.Errors,
        cpuSeconds = figure.CpuSeconds,
        figure.Note,
    };

    private static double? Finite(double value) => double.IsFinite(value) ? Math.Round(value, 3) : null;
}
