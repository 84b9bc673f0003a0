namespace Stoa.Bench.Report;

/// <summary>A figure against what we want of it. Most are ratios to a limit of the same run: they say what the design costs,
/// whatever the machine.</summary>
/// <param name="Name">What was compared.</param>
/// <param name="Value">Of each run, against that run's own limit.</param>
/// <param name="Text">In words.</param>
/// <param name="Holds">Whether the median is what we want of ourselves.</param>
internal sealed record Ratio(string Name, Spread Value, string Text, bool Holds)
{
    /// <summary>Of a durable purchase, in bare proxied requests: PostgreSQL answers each commit over a socket.</summary>
    private static int MostHops(bool onPostgres) => onPostgres ? 60 : 40;

    /// <summary>Those whose two sides were both measured.</summary>
    public static IReadOnlyList<Ratio> Of(IReadOnlyList<IReadOnlyList<Figure>> runs, bool onPostgres)
    {
        var found = new List<Ratio>();
        AtLeast("product by slug, 64 at once", Share("product", 64, "bare endpoint"), 0.5, part => $"{part:P0} of the bare endpoint");
        AtLeast("list of 20 products, 64 at once", Share("list", 64, "bare endpoint"), 0.3, part => $"{part:P0} of the bare endpoint");
        AtMost("a whole purchase, 32 at once", Share("bare hop", 64, "purchase", 32), MostHops(onPostgres), hops => $"costs {hops:0} bare proxied requests");
        AtLeast("purchases, 32 at once", Share("purchase", 32, "skeleton"), 0.5, part => $"{part:P0} of the skeleton's");
        AtMost("99 of 100 purchases, 32 at once", Each("purchase", 32, figure => figure.Outcome.Latencies.Percentile(0.99)), 150, ms => $"within {ms:0} ms");
        AtLeast("flash sale", Each("flash", 128, figure => figure.Outcome.PerSecond), 1000, rate => $"{rate:0} decided a second");
        return found;

        void AtLeast(string name, Spread value, double wanted, Func<double, string> words) => Add(name, value, words, value.Median >= wanted);
        void AtMost(string name, Spread value, double wanted, Func<double, string> words) => Add(name, value, words, value.Median <= wanted);
        void Add(string name, Spread value, Func<double, string> words, bool holds)
        {
            if (double.IsFinite(value.Median)) found.Add(new Ratio(name, value, value.Text(words), holds));
        }

        Spread Each(string name, int atOnce, Func<Figure, double> measure) =>
            Spread.Of(runs.Select(run => Find(run, name, atOnce) is { } figure ? measure(figure) : double.NaN));

        Spread Share(string name, int atOnce, string limit, int? limitAtOnce = null) => Spread.Of(runs.Select(run =>
            Find(run, name, atOnce) is { } one && Find(run, limit, limitAtOnce) is { } other ? one.Outcome.PerSecond / other.Outcome.PerSecond : double.NaN));
    }

    private static Figure? Find(IReadOnlyList<Figure> run, string name, int? atOnce) =>
        run.FirstOrDefault(figure => figure.Name == name && (atOnce ?? figure.Outcome.Shoppers) == figure.Outcome.Shoppers);
}
