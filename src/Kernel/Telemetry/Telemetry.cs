using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Stoa.Kernel;

/// <summary>The names under which every service tells what it does.</summary>
public static class Telemetry
{
    /// <summary>The source of our own spans.</summary>
    public static ActivitySource Source { get; } = new("Stoa");

    /// <summary>The meter of our own figures.</summary>
    public static Meter Meter { get; } = new("Stoa");

    /// <summary>Things a person must look at, by kind: the alerts' figure.</summary>
    public static Counter<long> Alerts { get; } = Meter.CreateCounter<long>("stoa.alerts", description: "Things that a person must look at, by kind");
}
