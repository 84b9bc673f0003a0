using Stoa.Bench.Report;

namespace Stoa.Bench;

/// <summary>The whole measurement: as many runs as were asked for, and their report.</summary>
internal static class BenchRun
{
    public static async Task<int> Run(BenchOptions asked, CancellationToken stop)
    {
        var options = asked.Settled();
        await using var server = options.Postgres ? await MeasuredServer.Start(stop) : null;
        var machine = server is null ? Machine.Text : $"{Machine.Text}, {server.Text}";
        Console.WriteLine(machine);
        var runs = new List<IReadOnlyList<Figure>>();
        Steady? steady = null;
        for (var run = 1; run <= options.Runs; run++)
        {
            if (options.Runs > 1) Terminal.Say($"run {run} of {options.Runs}");
            (var figures, steady) = await new OneRun(options, server).Measure(steadily: run == options.Runs, stop);
            runs.Add(figures);
        }

        var (lines, ratios) = (Line.Of(runs), Ratio.Of(runs, options.Postgres));
        Terminal.Show(lines, [.. ratios, .. steady?.Ratios() ?? []]);
        if (options.Output is not null) Files.Write(options.Output, machine, options.Runs, lines, [.. ratios, .. steady?.Ratios() ?? []], steady);
        return lines.Sum(line => line.Errors) == 0 ? 0 : 1;
    }
}
