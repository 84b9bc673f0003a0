using System.Globalization;
using System.Text;

namespace Stoa.Backoffice;

/// <summary>Where the lines of a chart run, in the units of its drawing. Pure; the drawing is <see cref="Parts.HourChart"/>.</summary>
public static class Chart
{
    public const int Width = 600;
    public const int Height = 120;

    /// <summary>A round number at or above the highest value: 1, 2 or 5 and zeros.</summary>
    public static double Top(IEnumerable<double?> values)
    {
        var highest = values.Max() is > 0 and { } some ? some : 1;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(highest)));
        return new[] { 1, 2, 5, 10 }.Select(step => step * unit).First(top => top >= highest * 0.999);
    }

    /// <summary>A line through the values, broken where there is none. A value between two gaps is a dot.</summary>
    public static string Line(IReadOnlyList<double?> values, double top)
    {
        var path = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value) continue;
            var begins = i == 0 || values[i - 1] is null;
            path.Append(begins ? 'M' : 'L').Append(Point(i, values.Count, value, top));
            if (begins && (i + 1 == values.Count || values[i + 1] is null)) path.Append("h.1");
        }

        return path.ToString();
    }

    /// <summary>A bar for each value, standing on the ground.</summary>
    public static string Bars(IReadOnlyList<double?> values, double top)
    {
        var path = new StringBuilder();
        var width = (double)Width / values.Count;
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value || value <= 0) continue;
            var height = Math.Max(1, Height * value / top);
            path.Append(CultureInfo.InvariantCulture, $"M{(i * width) + 0.5:0.#} {Height}v{-height:0.#}h{width - 1:0.#}v{height:0.#}z");
        }

        return path.ToString();
    }

    private static string Point(int index, int count, double value, double top) =>
        string.Create(CultureInfo.InvariantCulture, $"{(index + 0.5) * Width / count:0.#} {Height - (Height * value / top):0.#}");
}
