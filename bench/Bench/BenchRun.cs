using System.Globalization;
using Spectre.Console;
using Stoa.Bench.Limits;
using Stoa.Bench.Load;
using Stoa.Bench.Report;
using Stoa.Bench.Scenarios;

namespace Stoa.Bench;

/// <summary>What a person asked for.</summary>
/// <param name="Only">Scenarios and limits by name; empty for all.</param>
/// <param name="WarmUp">How long each scenario runs before it is measured: a service compiles its hot code while it works.</param>
/// <param name="Steady">How long to buy at half of the top rate; zero for not at all.</param>
internal sealed record BenchOptions(string[] Only, int[] Shoppers, TimeSpan WarmUp, TimeSpan Lasts, TimeSpan Steady, bool Quick, string? Output)
{
    public bool Wants(string name) => Only.Length == 0 || Only.Contains(name);
}

/// <summary>One line of the results.</summary>
internal sealed record Figure(string Name, string What, Outcome Outcome, IReadOnlyDictionary<string, double> CpuSeconds, string Note);

/// <summary>The whole measurement: limits, scenarios, report.</summary>
internal static class BenchRun
{
    public static async Task<int> Run(BenchOptions options, CancellationToken stop)
    {
        if (options.Quick) options = options with { Only = options.Only.Length > 0 ? options.Only : Telling, Shoppers = [32], WarmUp = TimeSpan.FromSeconds(3), Lasts = TimeSpan.FromSeconds(3) };
        Console.WriteLine(Machine.Text);
        var figures = new List<Figure>();
        Steady? steady = null;
        foreach (var limit in Limits().Where(one => options.Wants(one.Limit.Name)))
        {
            Say($"limit: {limit.Limit.Name}");
            figures.Add(new Figure(limit.Limit.Name, limit.Limit.What, await limit.Limit.Measure(limit.Clients, options.Lasts), Nothing, ""));
        }

        Say("starting the store");
        await using (var store = await MeasuredStore.Start(stop))
        {
            foreach (var scenario in Scenario.All.Where(one => options.Wants(one.Name)))
            {
                var shoppersOf = options.Quick && scenario.Also.Length > 0 ? scenario.Also : options.Shoppers.Union(scenario.Also);
                foreach (var shoppers in shoppersOf.Select(many => Math.Min(many, scenario.MostAtOnce)).Distinct().Order()) figures.Add(await Measure(store, scenario, shoppers, options, stop));
            }

            if (options.Wants("flash")) figures.Add(await Flash(store, stop));
            if (options.Steady > TimeSpan.Zero && figures.Where(one => one.Name == "purchase").Select(one => one.Outcome.PerSecond).DefaultIfEmpty(0).Max() is > 0 and var top)
            {
                Say("purchases at half of the top rate");
                steady = await Steady.Run(store, top / 2, options.Steady, stop);
                figures.Add(new Figure("steady", "purchases at half of the top rate, from their intended start", steady.Outcome, Nothing,
                    string.Create(CultureInfo.InvariantCulture, $"event lag p99 {steady.LagPercentile(0.99):0} ms; {steady.Moments[0].PssMiB:0} MiB at first, {steady.Moments[^1].PssMiB:0} MiB at last")));
            }
        }

        Table(figures, options.WarmUp);
        var ratios = Ratio.Of(figures);
        foreach (var ratio in ratios) AnsiConsole.MarkupLineInterpolated($"{ratio.Name}: {ratio.Text}{(ratio.Holds ? "" : " (less than we want)")}");
        if (options.Output is not null) Files.Write(options.Output, figures, ratios, steady);
        return figures.Sum(one => one.Outcome.Errors) == 0 ? 0 : 1;
    }

    private static readonly Dictionary<string, double> Nothing = [];

    /// <summary>What a quick run takes where nothing is named.</summary>
    private static readonly string[] Telling = ["bare endpoint", "bare hop", "skeleton", "product", "list", "cart", "purchase", "flash"];

    private static (Limit Limit, int Clients)[] Limits() =>
    [
        (Limit.Endpoint, 64),
        (Limit.Hop, 64),
        (Limit.SingleCommits, 32),
        (Limit.GroupedCommits, 32),
        (Limit.Skeleton, 32),
    ];

    private static async Task<Figure> Measure(MeasuredStore store, Scenario scenario, int shoppers, BenchOptions options, CancellationToken stop)
    {
        Say($"{scenario.Name}, {shoppers} at once");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var beside = scenario.Beside?.Invoke(store, over.Token);
        var before = Usage.Of(store);
        var outcome = await Drive.Closed(shoppers, options.WarmUp, options.Lasts, number => scenario.Shopper(store, number));
        var cpu = Usage.Of(store).Since(before);
        await over.CancelAsync();
        var note = beside is null ? "" : await beside;
        return new Figure(scenario.Name, scenario.What, outcome, cpu, string.Join("; ", new[] { note, outcome.FirstError }.Where(one => one.Length > 0)));
    }

    private static async Task<Figure> Flash(MeasuredStore store, CancellationToken stop)
    {
        Say("flash sale, 128 at once");
        await FlashSale.Run(store, 128, 500, 1000, round: 0, stop);
        var (accepted, refused, perSecond) = await FlashSale.Run(store, 128, 2000, 4000, round: 1, stop);
        var seconds = (accepted + refused) / perSecond;
        return new Figure("flash", "one SKU, 128 buyers", new Outcome(128, seconds, new Latencies(), 0, ""), Nothing,
            string.Create(CultureInfo.InvariantCulture, $"{accepted} of {accepted + refused} accepted, {perSecond:0} decided a second"));
    }

    private static void Say(string what) => AnsiConsole.MarkupLineInterpolated($"[grey]{what}[/]");

    private static void Table(IEnumerable<Figure> figures, TimeSpan warmUp)
    {
        var table = new Table().AddColumns("", "at once", "per second", "p50 ms", "p90", "p99", "p99.9", "errors", "CPU ms each", "");
        foreach (var one in figures)
        {
            var times = one.Outcome.Latencies;
            table.AddRow(
                one.Name, $"{one.Outcome.Shoppers}", Number(one.Outcome.PerSecond), Number(times.Percentile(0.5)), Number(times.Percentile(0.9)),
                Number(times.Percentile(0.99)), Number(times.Percentile(0.999)), $"{one.Outcome.Errors}",
                one.CpuSeconds.Count == 0 ? "" : Number(one.CpuSeconds.Values.Sum() * 1000 / one.Outcome.Latencies.Count * one.Outcome.Seconds / (one.Outcome.Seconds + warmUp.TotalSeconds)),
                Markup.Escape(one.Note));
        }

        AnsiConsole.Write(table);
        foreach (var one in figures.Where(one => one.CpuSeconds.Count > 0))
            Console.WriteLine($"{one.Name} at {one.Outcome.Shoppers}: CPU seconds {string.Join(", ", one.CpuSeconds.OrderByDescending(process => process.Value).Select(process => string.Create(CultureInfo.InvariantCulture, $"{process.Key} {process.Value:0.0}")))}");
    }

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
