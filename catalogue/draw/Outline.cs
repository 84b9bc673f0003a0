using System.Globalization;

namespace Stoa.Draw;

/// <summary>Outlines as SVG path data, on a canvas of 800 by 800.</summary>
public static class Outline
{
    public static string Box(double x, double y, double width, double height, double corner = 0) => corner == 0
        ? Path($"M{x} {y}h{width}v{height}h{-width}z")
        : Path($"M{x + corner} {y}h{width - 2 * corner}a{corner} {corner} 0 0 1 {corner} {corner}v{height - 2 * corner}a{corner} {corner} 0 0 1 {-corner} {corner}h{2 * corner - width}a{corner} {corner} 0 0 1 {-corner} {-corner}v{2 * corner - height}a{corner} {corner} 0 0 1 {corner} {-corner}z");

    public static string Oval(double x, double y, double across, double down)
    {
        // The chord must be twice the radius as written, or the two halves do not meet in an oval.
        var radius = double.Parse(Number(across), CultureInfo.InvariantCulture);
        var chord = (2 * radius).ToString("0.#", CultureInfo.InvariantCulture);
        return Path($"M{x - across} {y}a{radius} {down} 0 1 1 {chord} 0a{radius} {down} 0 1 1-{chord} 0z");
    }

    public static string Disc(double x, double y, double radius) => Oval(x, y, radius, radius);

    /// <summary>A leaf from its stalk at (x, y), pointing where <paramref name="degrees"/> says: 0 is right, 90 is down.</summary>
    public static string Leaf(double x, double y, double length, double degrees, double plump = 0.22)
    {
        var (along, aside) = Directions(degrees);
        var tip = (X: x + along.X * length, Y: y + along.Y * length);
        var middle = (X: x + along.X * length * 0.45, Y: y + along.Y * length * 0.45);
        var swell = length * plump * 2;
        return Path($"M{x} {y}Q{middle.X + aside.X * swell} {middle.Y + aside.Y * swell} {tip.X} {tip.Y}Q{middle.X - aside.X * swell} {middle.Y - aside.Y * swell} {x} {y}z");
    }

    /// <summary>Leaves in pairs along a straight stalk, all in one outline.</summary>
    public static string Sprig(double x, double y, double length, double degrees, int pairs, double leaf, double spread = 42)
    {
        var (along, _) = Directions(degrees);
        var leaves = Path($"M{x} {y}");
        for (var i = 0; i < pairs; i++)
        {
            var at = length * (0.25 + 0.75 * i / pairs);
            leaves += Leaf(x + along.X * at, y + along.Y * at, leaf, degrees - spread, 0.17) + Leaf(x + along.X * at, y + along.Y * at, leaf, degrees + spread, 0.17);
        }

        return leaves + Leaf(x + along.X * length * 0.9, y + along.Y * length * 0.9, leaf, degrees, 0.17);
    }

    /// <summary>A straight line from one point in a direction.</summary>
    public static string Ray(double x, double y, double length, double degrees)
    {
        var (along, _) = Directions(degrees);
        return Path($"M{x} {y}L{x + along.X * length} {y + along.Y * length}");
    }

    public static string Polygon(params double[] points) => "M" + string.Join(' ', points.Select(Number)) + "z";

    /// <summary>Path data with its numbers rounded, in the invariant culture.</summary>
    public static string Path(FormattableString text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var numbers = text.GetArguments().Select(a => a is string s ? s : Number(Convert.ToDouble(a, CultureInfo.InvariantCulture)));
        return string.Format(CultureInfo.InvariantCulture, text.Format, [.. numbers]);
    }

    /// <summary>Whole units but for small numbers: a thousandth of the canvas is finer than any screen shows.</summary>
    public static string Number(double value) =>
        (Math.Round(value, Math.Abs(value) < 20 ? 1 : 0) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

    private static ((double X, double Y) Along, (double X, double Y) Aside) Directions(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return ((cos, sin), (-sin, cos));
    }
}
