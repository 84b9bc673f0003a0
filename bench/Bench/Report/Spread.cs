using System.Globalization;

namespace Stoa.Bench.Report;

/// <summary>The same measure of several runs. The median does not move with one run that something else disturbed; the ends say
/// whether something did.</summary>
internal sealed record Spread(double Median, double Lowest, double Highest)
{
    /// <summary>Runs that did not measure it do not count; where none did, nothing is known.</summary>
    public static Spread Of(IEnumerable<double> runs)
    {
        double[] known = [.. runs.Where(double.IsFinite).Order()];
        if (known.Length == 0) return new(double.NaN, double.NaN, double.NaN);
        return new((known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2, known[0], known[^1]);
    }

    /// <summary>The median, and the ends where they read otherwise.</summary>
    public string Text(Func<double, string> write) =>
        write(Lowest) == write(Highest) ? write(Median) : $"{write(Median)} ({write(Lowest)}–{write(Highest)})";

    public override string ToString() => Text(Number);

    public static string Number(double value) =>
        double.IsNaN(value) ? "" : value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
