using Spectre.Console;

namespace Stoa.Bench.Report;

/// <summary>The report for a person who looks.</summary>
internal static class Terminal
{
    public static void Say(string what) => AnsiConsole.MarkupLineInterpolated($"[grey]{what}[/]");

    public static void Show(IReadOnlyList<Line> lines, IReadOnlyList<Ratio> ratios)
    {
        var table = new Table().AddColumns("", "at once", "per second", "p50 ms", "p90", "p99", "p99.9", "errors", "CPU ms each", "calls", "commits", "");
        foreach (var line in lines)
        {
            table.AddRow([.. new[]
            {
                line.Name, $"{line.AtOnce}", $"{line.PerSecond}", $"{line.P50Ms}", $"{line.P90Ms}", $"{line.P99Ms}", $"{line.P999Ms}", $"{line.Errors}",
                $"{line.CpuMsEach}", $"{line.CallsEach}", $"{line.CommitsEach}", string.Join("; ", line.Notes),
            }.Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
        foreach (var line in lines.Where(line => line.CpuSeconds.Count > 0))
            Console.WriteLine($"{line.Name} at {line.AtOnce}: CPU seconds {string.Join(", ", line.CpuSeconds.OrderByDescending(process => process.Value.Median).Select(process => $"{process.Key} {process.Value}"))}");
        foreach (var ratio in ratios) AnsiConsole.MarkupLineInterpolated($"{ratio.Name}: {ratio.Text}{(ratio.Holds ? "" : ", which is not what we want")}");
    }
}
