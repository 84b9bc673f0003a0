using System.Diagnostics;
using System.Globalization;
using Stoa.Bench.Load;
using Stoa.Bench.Report;
using Stoa.Bench.Scenarios;

namespace Stoa.Bench;

/// <summary>Some seconds of a steady run.</summary>
/// <param name="LagMs">Within which 99 of 100 pages of events that were read in it had their effect.</param>
internal sealed record Moment(double Second, double PssMiB, double LagMs);

/// <summary>Purchases at a steady rate, with memory and event lag over time.</summary>
internal sealed record Steady(Outcome Outcome, IReadOnlyList<Moment> Moments, Delays Delays)
{
    private const int Shoppers = 64;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5); // a look at the memory of all processes holds them up for some milliseconds

    /// <param name="perSecond">How many purchases begin each second, whatever the answers do.</param>
    public static async Task<Steady> Run(MeasuredStore store, double perSecond, TimeSpan lasts, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watching = Watch(store, over.Token);
        var outcome = await Drive.Open(perSecond, Shoppers, WarmUp, lasts, number => new WholePurchase(store, 10_000 + number));
        await over.CancelAsync();
        var (moments, delays) = await watching;
        return new Steady(outcome, moments, delays);
    }

    /// <summary>Lag and memory, in words.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture,
        $"event lag p99 {Delays.Percentile(0.99):0} ms; {Moments[0].PssMiB:0} MiB at first, {Moments[^1].PssMiB:0} MiB at last");

    /// <summary>Memory counts from the third minute: before it, code is compiled and caches fill.</summary>
    public IReadOnlyList<Ratio> Ratios()
    {
        var lag = Delays.Percentile(0.99);
        var found = new List<Ratio> { new("event lag at half of the top rate", Spread.Of([lag]), $"99 of 100 pages of events within {lag:0} ms", lag <= 50) };
        var (third, last) = (Pss(120, 180), Pss(Moments[^1].Second - 60, double.MaxValue));
        if (Moments[^1].Second >= 240)
            found.Add(new Ratio("memory under purchases", Spread.Of([last / third]), string.Create(CultureInfo.InvariantCulture, $"{last:0} MiB in the last minute, {third:0} in the third"), last <= 1.1 * third));
        return found;
    }

    private double Pss(double from, double to) =>
        Moments.Where(moment => moment.Second >= from && moment.Second < to).Select(moment => moment.PssMiB).DefaultIfEmpty(double.NaN).Average();

    private static async Task<(List<Moment> Moments, Delays Delays)> Watch(MeasuredStore store, CancellationToken stop)
    {
        var moments = new List<Moment>();
        var first = Delays.Read(await store.Metrics());
        var (before, now) = (first, first);
        for (var began = Stopwatch.StartNew(); !stop.IsCancellationRequested; before = now)
        {
            await Task.Delay(Between, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            now = Delays.Read(await store.Metrics());
            moments.Add(new Moment(Math.Round(began.Elapsed.TotalSeconds, 1), Math.Round(Usage.Of(store).Pss / 1048576.0, 1), now.Since(before).Percentile(0.99)));
        }

        return (moments, now.Since(first));
    }
}
