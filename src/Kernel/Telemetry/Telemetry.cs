using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Stoa.Kernel;

/// <summary>The names under which every service tells what it does.</summary>
public static class Telemetry
{
    /// <summary>The source of our own spans.</summary>
    public static ActivitySource Source { get; } = new("Stoa");

    /// <summary>Begins a span in the trace of what caused it, whoever goes on with it and whenever.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="kind">How it came here.</param>
    /// <param name="trace">The cause's W3C traceparent, as it was kept; null where none was.</param>
    /// <returns>Null when nobody listens.</returns>
    public static Activity? Continue(string name, ActivityKind kind, string? trace) =>
        Source.StartActivity(name, kind, ActivityContext.TryParse(trace, null, isRemote: true, out var cause) ? cause : default);

    /// <summary>The meter of our own figures.</summary>
    public static Meter Meter { get; } = new("Stoa");

    /// <summary>Things a person must look at, by kind: the alerts' figure.</summary>
    public static Counter<long> Alerts { get; } = Meter.CreateCounter<long>("stoa.alerts", description: "Things that a person must look at, by kind");

    /// <summary>How soon events have their effect elsewhere, by subscription: of each page that was read, how long its oldest event had waited.</summary>
    internal static Histogram<double> EventDelay { get; } = Meter.CreateHistogram("stoa.subscription.delay", "s", "From an event to its durable effect here",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.2, 0.5, 1, 5, 15, 60] });

    /// <summary>What was made durable: on SQLite a commit holds the work of all who waited together.</summary>
    internal static Counter<long> Commits { get; } = Meter.CreateCounter<long>("stoa.database.commits", description: "Commits to the database");
}
