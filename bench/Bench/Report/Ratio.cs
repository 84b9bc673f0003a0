namespace Stoa.Bench.Report;

/// <summary>A figure against the limit of the same run: it says what the design costs, whatever the machine.</summary>
/// <param name="Text">The ratio in words.</param>
/// <param name="Holds">Whether it is what we want of ourselves.</param>
internal sealed record Ratio(string Name, string Text, bool Holds)
{
    /// <summary>The ratios whose two sides were both measured.</summary>
    public static IReadOnlyList<Ratio> Of(IReadOnlyList<Figure> figures)
    {
        var found = new List<Ratio>();
        Add("product by slug, 64 at once", "product", 64, "bare endpoint", (rate, limit) => (rate / limit, $"{rate / limit:P0} of the bare endpoint", 0.5));
        Add("list of 20 products, 64 at once", "list", 64, "bare endpoint", (rate, limit) => (rate / limit, $"{rate / limit:P0} of the bare endpoint", 0.3));
        Add("a whole purchase, 32 at once", "purchase", 32, "bare hop", (rate, limit) => (rate / limit, $"costs {limit / rate:0} bare proxied requests", 1 / 40.0));
        Add("purchases, 32 at once", "purchase", 32, "skeleton", (rate, limit) => (rate / limit, $"{rate / limit:P0} of the skeleton's", 0.5));
        return found;

        void Add(string name, string scenario, int shoppers, string limit, Func<double, double, (double Ratio, string Text, double Wanted)> compare)
        {
            var (one, other) = (figures.FirstOrDefault(figure => figure.Name == scenario && figure.Outcome.Shoppers == shoppers), figures.FirstOrDefault(figure => figure.Name == limit));
            if (one is null || other is null) return;
            var (ratio, text, wanted) = compare(one.Outcome.PerSecond, other.Outcome.PerSecond);
            found.Add(new Ratio(name, text, ratio >= wanted));
        }
    }
}
