using System.Globalization;

namespace Stoa.Bench;

/// <summary>How long events had waited when their effects were durable, as all processes tell at <c>/metrics</c>: the counts of
/// <c>stoa_subscription_delay_seconds</c>, each of those that waited no longer than its bound.</summary>
internal sealed class Delays
{
    private readonly SortedDictionary<double, double> _within = [];

    /// <param name="told">In Prometheus' text format.</param>
    public static Delays Read(IEnumerable<string> told)
    {
        var all = new Delays();
        foreach (var line in told.SelectMany(text => text.Split('\n')).Where(line => line.StartsWith("stoa_subscription_delay_seconds_bucket", StringComparison.Ordinal)))
        {
            var bound = line.Split("le=\"")[1].Split('"')[0];
            var seconds = bound == "+Inf" ? double.PositiveInfinity : double.Parse(bound, CultureInfo.InvariantCulture);
            all._within[seconds] = all._within.GetValueOrDefault(seconds) + double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture);
        }

        return all;
    }

    /// <summary>Those that came since an earlier look.</summary>
    public Delays Since(Delays earlier)
    {
        var since = new Delays();
        foreach (var (bound, count) in _within) since._within[bound] = count - earlier._within.GetValueOrDefault(bound);
        return since;
    }

    /// <returns>Milliseconds that so large a share of them waited at most: a bound that was counted by, so it may be less. Zero
    /// where none came.</returns>
    public double Percentile(double share)
    {
        var all = _within.GetValueOrDefault(double.PositiveInfinity);
        return all == 0 ? 0 : _within.First(one => one.Value >= share * all).Key * 1000;
    }
}
