using Stoa.Bench.Load;

namespace Stoa.Bench.Report;

/// <summary>What one run measured of a scenario or a limit with so many at once.</summary>
/// <param name="Name">The scenario's or the limit's.</param>
/// <param name="What">It, in words.</param>
/// <param name="Outcome">Rates, latencies and errors.</param>
/// <param name="CpuSeconds">By process of the store; empty for a limit.</param>
/// <param name="Each">What one act cost all of them.</param>
/// <param name="Note">What else was seen.</param>
internal sealed record Figure(string Name, string What, Outcome Outcome, IReadOnlyDictionary<string, double> CpuSeconds, Costs Each, string Note)
{
    /// <summary>One that says nothing of the store's processes.</summary>
    public static Figure Plain(string name, string what, Outcome outcome, string note = "") =>
        new(name, what, outcome, new Dictionary<string, double>(), Costs.Unknown, note);
}

/// <summary>What one act of a scenario cost the store.</summary>
/// <param name="CpuMs">Of all its processes.</param>
/// <param name="Calls">HTTP requests that they answered.</param>
/// <param name="Commits">To their databases.</param>
internal readonly record struct Costs(double CpuMs, double Calls, double Commits)
{
    /// <summary>Of a limit, which is no store.</summary>
    public static Costs Unknown { get; } = new(double.NaN, double.NaN, double.NaN);
}
