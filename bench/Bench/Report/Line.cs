namespace Stoa.Bench.Report;

/// <summary>One line of the results: what all runs measured of the same thing.</summary>
internal sealed record Line(
    string Name, string What, int AtOnce, Spread PerSecond, Spread P50Ms, Spread P90Ms, Spread P99Ms, Spread P999Ms, long Errors,
    Spread CpuMsEach, Spread CallsEach, Spread CommitsEach, IReadOnlyDictionary<string, Spread> CpuSeconds, IReadOnlyList<string> Notes)
{
    /// <summary>In the order of the first run.</summary>
    public static IReadOnlyList<Line> Of(IEnumerable<IReadOnlyList<Figure>> runs) =>
        [.. runs.SelectMany(run => run).GroupBy(figure => (figure.Name, figure.Outcome.Shoppers)).Select(group => Of([.. group]))];

    private static Line Of(IReadOnlyList<Figure> same)
    {
        return new(same[0].Name, same[0].What, same[0].Outcome.Shoppers,
            Over(figure => figure.Outcome.PerSecond), Percentile(0.5), Percentile(0.9), Percentile(0.99), Percentile(0.999),
            same.Sum(figure => figure.Outcome.Errors), Over(figure => figure.Each.CpuMs), Over(figure => figure.Each.Calls), Over(figure => figure.Each.Commits),
            same[0].CpuSeconds.Keys.ToDictionary(process => process, process => Over(figure => figure.CpuSeconds.GetValueOrDefault(process, double.NaN))),
            [.. same.Select(figure => figure.Note).Where(note => note.Length > 0)]);

        Spread Over(Func<Figure, double> measure) => Spread.Of(same.Select(measure));
        Spread Percentile(double share) => Over(figure => figure.Outcome.Latencies.Percentile(share));
    }
}
