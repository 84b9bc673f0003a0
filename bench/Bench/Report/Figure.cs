using Stoa.Bench.Load;

namespace Stoa.Bench.Report;

/// <summary>What one run measured of a scenario or a limit with so many at once.</summary>
/// <param name="Name">The scenario's or the limit's.</param>
/// <param name="What">It, in words.</param>
/// <param name="Outcome">Rates, latencies and errors.</param>
/// <param name="CpuSeconds">By process of the store; empty for a limit.</param>
/// <param name="CpuMsEach">Of all of them, for one act; not a number for a limit.</param>
/// <param name="Note">What else was seen.</param>
internal sealed record Figure(string Name, string What, Outcome Outcome, IReadOnlyDictionary<string, double> CpuSeconds, double CpuMsEach, string Note)
{
    /// <summary>One that says nothing of the store's processes.</summary>
    public static Figure Plain(string name, string what, Outcome outcome, string note = "") =>
        new(name, what, outcome, new Dictionary<string, double>(), double.NaN, note);
}
