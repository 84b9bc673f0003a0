using System.Diagnostics;
using System.Globalization;
using Stoa.Bench.Load;
using Stoa.Bench.Report;
using Stoa.Bench.Scenarios;

namespace Stoa.Bench;

/// <summary>One second of a steady run.</summary>
/// <param name="LagMs">Of the subscription that was furthest behind: the age of the event that it applied last.</param>
internal sealed record Moment(double Second, double PssMiB, double LagMs);

/// <summary>Purchases at a steady rate, with memory and event lag over time.</summary>
internal sealed record Steady(Outcome Outcome, IReadOnlyList<Moment> Moments)
{
    private const int Shoppers = 64;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    /// <param name="perSecond">How many purchases begin each second, whatever the answers do.</param>
    public static async Task<Steady> Run(MeasuredStore store, double perSecond, TimeSpan lasts, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watching = Watch(store, over.Token);
        var outcome = await Drive.Open(perSecond, Shoppers, WarmUp, lasts, number => new WholePurchase(store, 10_000 + number));
        await over.CancelAsync();
        return new Steady(outcome, await watching);
    }

    public double LagPercentile(double share)
    {
        var lags = Moments.Select(moment => moment.LagMs).Order().ToList();
        return lags.Count == 0 ? double.NaN : lags[Math.Min(lags.Count - 1, (int)Math.Ceiling(share * lags.Count) - 1)];
    }

    /// <summary>Lag and memory, in words.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture,
        $"event lag p99 {LagPercentile(0.99):0} ms; {Moments[0].PssMiB:0} MiB at first, {Moments[^1].PssMiB:0} MiB at last");

    /// <summary>Memory counts from the third minute: before it, code is compiled and caches fill.</summary>
    public IReadOnlyList<Ratio> Ratios()
    {
        var lag = LagPercentile(0.99);
        var found = new List<Ratio> { new("event lag at half of the top rate", Spread.Of([lag]), $"99 of 100 looks within {lag:0} ms", lag <= 50) };
        var (third, last) = (Pss(120, 180), Pss(Moments[^1].Second - 60, double.MaxValue));
        if (Moments[^1].Second >= 240)
            found.Add(new Ratio("memory under purchases", Spread.Of([last / third]), string.Create(CultureInfo.InvariantCulture, $"{last:0} MiB in the last minute, {third:0} in the third"), last <= 1.1 * third));
        return found;
    }

    private double Pss(double from, double to) =>
        Moments.Where(moment => moment.Second >= from && moment.Second < to).Select(moment => moment.PssMiB).DefaultIfEmpty(double.NaN).Average();

    private static async Task<List<Moment>> Watch(MeasuredStore store, CancellationToken stop)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var moments = new List<Moment>();
        for (var began = Stopwatch.StartNew(); !stop.IsCancellationRequested;)
        {
            var lags = await Task.WhenAll(store.Processes.Select(process => Lag(http, process.Plan.Url)));
            moments.Add(new Moment(Math.Round(began.Elapsed.TotalSeconds, 1), Math.Round(Usage.Of(store).Pss / 1048576.0, 1), lags.Max()));
            await Task.Delay(Between, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return moments;
    }

    private static async Task<double> Lag(HttpClient http, Uri process)
    {
        var text = await http.GetStringAsync(new Uri(process, "/metrics"));
        return text.Split('\n').Where(line => line.StartsWith("stoa_subscription_lag", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture) * 1000).DefaultIfEmpty(0).Max();
    }
}
