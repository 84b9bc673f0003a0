using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stoa.Bench.Report;

/// <summary>The report as files: <c>report.json</c> for programs, charts for people.</summary>
internal static class Files
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new Rounded() } };

    public static void Write(string folder, string machine, int runs, IReadOnlyList<Line> lines, IReadOnlyList<Ratio> ratios, Steady? steady)
    {
        Write(folder, "report.json", new { machine, runs, figures = lines, ratios, steady = steady?.Moments });
        foreach (var scenario in lines.GroupBy(line => line.Name).Where(group => group.Count() > 1))
        {
            File.WriteAllText(Path.Combine(folder, scenario.Key + ".svg"), Chart.Lines(scenario.First().What, "at once", "milliseconds",
                [Points("p50", line => line.P50Ms), Points("p90", line => line.P90Ms), Points("p99", line => line.P99Ms)]));

            (string, IReadOnlyList<(double, double)>) Points(string name, Func<Line, Spread> measure) =>
                (name, [.. scenario.Select(line => ((double)line.AtOnce, measure(line).Median))]);
        }

        if (steady is null) return;
        File.WriteAllText(Path.Combine(folder, "memory.svg"), Chart.Lines("Memory of all processes under purchases", "seconds", "MiB (PSS)",
            [("all", [.. steady.Moments.Select(moment => (moment.Second, moment.PssMiB))])]));
        File.WriteAllText(Path.Combine(folder, "lag.svg"), Chart.Lines("Event lag under purchases", "seconds", "milliseconds",
            [("slowest subscription", [.. steady.Moments.Select(moment => (moment.Second, moment.LagMs))])]));
    }

    /// <summary>A report of another kind.</summary>
    public static void Write(string folder, string name, object report)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(report, Json));
    }

    /// <summary>JSON has no word for what is not a number: what was not measured is null.</summary>
    private sealed class Rounded : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteNumberValue(Math.Round(value, 3));
            else writer.WriteNullValue();
        }
    }
}
