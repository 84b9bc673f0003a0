using System.Diagnostics.Metrics;

namespace Stoa.Kernel;

/// <summary>What this service reads of others, and how far it is.</summary>
public sealed class Subscriptions : IDisposable
{
    /// <summary>Of its own, though of the same name: its gauges end with this service and not with the process.</summary>
    private readonly Meter _meter = new(Telemetry.Meter.Name);

    internal Subscriptions(SubscriptionReader[] readers)
    {
        Readers = readers;
        _meter.CreateObservableGauge("stoa.subscription.lag", () => readers.Select(one => Measure(one, one.Lag.TotalSeconds)), "s",
            "For how long events may have waited to be read");
        _meter.CreateObservableGauge("stoa.subscription.diverged", () => readers.Select(one => Measure(one, one.Diverged ? 1 : 0)),
            description: "1 where the source's log has diverged and reading stopped");
    }

    internal SubscriptionReader[] Readers { get; }

    /// <summary>Whether the copy kept by a subscription has once been as new as its source: before that, what it does not
    /// know may exist all the same (C1).</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="purpose">The subscription's purpose.</param>
    public bool ReachedHead(string source, string purpose) => Find(source, purpose).ReachedHead;

    internal IEnumerable<object> Show() => Readers.Select(one => new
    {
        one.Subscription.Source,
        one.Subscription.Purpose,
        one.Position,
        one.ReachedHead,
        one.Diverged,
        lagSeconds = one.Lag.TotalSeconds,
    });

    /// <summary>Ends the gauges.</summary>
    public void Dispose() => _meter.Dispose();

    private SubscriptionReader Find(string source, string purpose) =>
        Readers.Single(one => one.Subscription.Source == source && one.Subscription.Purpose == purpose);

    private static Measurement<double> Measure(SubscriptionReader reader, double value) =>
        new(value, new("source", reader.Subscription.Source), new("purpose", reader.Subscription.Purpose));
}
