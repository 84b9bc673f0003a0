using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Stoa.Bench.Report;

namespace Stoa.Bench.Growth;

/// <summary>What a thousand and a million rows make of the same calls: two stores, one after the other, each with as many
/// products and past orders, and one caller at a time.</summary>
internal static class GrowthRun
{
    private const double Most = 2;

    /// <param name="options">Which engine, how long, where to.</param>
    /// <param name="rows">How many in the large store.</param>
    /// <param name="few">How many in the small one.</param>
    /// <param name="stop">Ends it between two figures.</param>
    /// <returns>0 when nothing failed.</returns>
    public static async Task<int> Run(BenchOptions options, long rows, long few, CancellationToken stop)
    {
        await using var server = options.Postgres ? await MeasuredServer.Start(stop) : null;
        var machine = server is null ? Machine.Text : $"{Machine.Text}, {server.Text}";
        Console.WriteLine(machine);
        var (small, large) = (await Measure(server, few, options, stop), await Measure(server, rows, options, stop));
        Show(small, large);
        if (options.Output is not null) Files.Write(options.Output, "growth.json", new { machine, sizes = new[] { small, large }.Select(size => new { size.Count, figures = Line.Of([size.Figures]), size.Bytes }) });
        return small.Figures.Concat(large.Figures).All(figure => figure.Outcome.Errors == 0) ? 0 : 1;
    }

    private static async Task<Size> Measure(MeasuredServer? server, long count, BenchOptions options, CancellationToken stop)
    {
        var took = Stopwatch.StartNew();
        Terminal.Say($"{count:N0} products and as many orders");
        var (store, buyer) = await GrownStore.Start(server, count, stop);
        await using var running = store;
        using var buys = buyer;
        Terminal.Say($"made after {took.Elapsed.TotalSeconds:0} s");
        var sizes = await GrowthFigures.Bytes(store);
        var figures = new List<Figure>();
        await foreach (var (figure, compared) in new GrowthFigures(store, buyer, count, options).All(stop)) figures.Add(compared ? figure : figure with { Note = GrowthFigures.Apart });
        return new Size(count, figures, sizes);
    }

    private static void Show(Size small, Size large)
    {
        var table = new Table().AddColumns("", $"p50 ms of {small.Count:N0}", "p99", $"p50 ms of {large.Count:N0}", "p99", "p50 times", "p99 times", "");
        foreach (var (one, other) in small.Figures.Zip(large.Figures))
        {
            table.AddRow([.. new[]
            {
                one.What, Ms(one, 0.5), Ms(one, 0.99), Ms(other, 0.5), Ms(other, 0.99), Spread.Number(Times(one, other, 0.5)), Spread.Number(Times(one, other, 0.99)),
                one.Note == GrowthFigures.Apart ? "not compared" : Times(one, other, 0.5) <= Most ? other.Note : "grows more than we want",
            }.Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
        foreach (var failed in small.Figures.Concat(large.Figures).Where(figure => figure.Outcome.Errors > 0))
            Console.WriteLine($"{failed.What}: {failed.Outcome.Errors} errors, the first {failed.Outcome.FirstError}");
        foreach (var (database, bytes) in large.Bytes) Console.WriteLine($"{database}: {Mib(small.Bytes[database])} MiB, {Mib(bytes)} MiB");
    }

    private static string Ms(Figure figure, double share) => Spread.Number(figure.Outcome.Latencies.Percentile(share));

    private static double Times(Figure one, Figure other, double share) => other.Outcome.Latencies.Percentile(share) / one.Outcome.Latencies.Percentile(share);

    private static string Mib(long bytes) => (bytes / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture);

    private sealed record Size(long Count, IReadOnlyList<Figure> Figures, IReadOnlyDictionary<string, long> Bytes);
}
