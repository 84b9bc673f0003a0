using System.Globalization;
using Stoa.Bench.Limits;
using Stoa.Bench.Load;
using Stoa.Bench.Report;
using Stoa.Bench.Scenarios;

namespace Stoa.Bench;

/// <summary>Everything measured once: the limits, then the scenarios on a fresh store.</summary>
internal sealed class OneRun(BenchOptions options, MeasuredServer? server)
{
    private readonly List<Figure> _figures = [];

    /// <param name="steadily">Whether to end with purchases at half of the top rate.</param>
    /// <param name="stop">Ends it between two figures.</param>
    public async Task<(IReadOnlyList<Figure> Figures, Steady? Steady)> Measure(bool steadily, CancellationToken stop)
    {
        foreach (var (limit, clients) in Limit.Of(server).Where(one => options.Wants(one.Limit.Name)))
        {
            stop.ThrowIfCancellationRequested();
            Terminal.Say($"limit: {limit.Name}");
            _figures.Add(Figure.Plain(limit.Name, limit.What, await limit.Measure(clients, options.Lasts)));
        }

        if (!Scenario.All.Any(one => options.Wants(one.Name)) && !options.Wants("flash")) return (_figures, null);
        Terminal.Say("starting the store");
        await using var store = await MeasuredStore.Start(server, stop);
        foreach (var scenario in Scenario.All.Where(one => options.Wants(one.Name)))
        {
            foreach (var shoppers in ShoppersOf(scenario)) _figures.Add(await Measure(store, scenario, shoppers, stop));
        }

        if (options.Wants("flash")) _figures.Add(await Flash(store, stop));
        return (_figures, steadily ? await Steadily(store, stop) : null);
    }

    private IEnumerable<int> ShoppersOf(Scenario scenario)
    {
        var wanted = options.Quick && scenario.Also.Length > 0 ? scenario.Also : options.Shoppers.Union(scenario.Also);
        return wanted.Select(many => Math.Min(many, scenario.MostAtOnce)).Distinct().Order();
    }

    private async Task<Figure> Measure(MeasuredStore store, Scenario scenario, int shoppers, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        Terminal.Say($"{scenario.Name}, {shoppers} at once");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var beside = scenario.Beside?.Invoke(store, over.Token);
        var (before, earlier) = (Usage.Of(store), Traffic.Read(await store.Metrics()));
        var outcome = await Drive.Closed(shoppers, options.WarmUp, options.Lasts, number => scenario.Shopper(store, number));
        var (cpu, traffic) = (Usage.Of(store).Since(before), Traffic.Read(await store.Metrics()) - earlier);
        await over.CancelAsync();
        var note = beside is null ? "" : await beside;
        var share = options.Lasts / (options.Lasts + options.WarmUp) / outcome.Latencies.Count; // the processes counted while it warmed up, too
        return new Figure(scenario.Name, scenario.What, outcome, cpu, new Costs(cpu.Values.Sum() * 1000 * share, traffic.Calls * share, traffic.Commits * share),
            string.Join("; ", new[] { note, outcome.FirstError }.Where(one => one.Length > 0)));
    }

    private static async Task<Figure> Flash(MeasuredStore store, CancellationToken stop)
    {
        Terminal.Say("flash sale, 128 at once");
        await FlashSale.Run(store, 128, 500, 1000, round: 0, stop);
        var (outcome, accepted) = await FlashSale.Run(store, 128, 2000, 4000, round: 1, stop);
        return Figure.Plain("flash", "one SKU, 128 buyers", outcome, string.Create(CultureInfo.InvariantCulture, $"{accepted} of {outcome.Latencies.Count} accepted"));
    }

    private async Task<Steady?> Steadily(MeasuredStore store, CancellationToken stop)
    {
        var top = _figures.Where(one => one.Name == "purchase").Select(one => one.Outcome.PerSecond).DefaultIfEmpty(0).Max();
        if (options.Steady <= TimeSpan.Zero || top <= 0) return null;
        Terminal.Say("purchases at half of the top rate");
        var steady = await Steady.Run(store, top / 2, options.Steady, stop);
        _figures.Add(Figure.Plain("steady", "purchases at half of the top rate, from their intended start", steady.Outcome, steady.Text));
        return steady;
    }
}
