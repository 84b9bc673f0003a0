using static Stoa.Draw.Outline;

namespace Stoa.Draw;

/// <summary>
/// The half outline of a thing made on a wheel or a lathe: its radius at each height, from the top down. A smooth line
/// (Catmull-Rom) runs through the points; a point given twice is a corner. Seen from a little above, so that mouth
/// and foot are flat ovals.
/// </summary>
public sealed class Profile(double x, params (double Y, double Radius)[] points)
{
    private const double Tilt = 0.16;
    private readonly List<(double Y, double Radius)[]> runs = Split(points);

    public double X => x;

    public (double Y, double Radius) Top => points[0];

    public (double Y, double Radius) Foot => points[^1];

    /// <summary>The whole outline, the far rim of the mouth included.</summary>
    public string Silhouette => Path($"M{x - Top.Radius} {Top.Y}{Arc(Top.Radius, 1)}") + Right() + Path($"{Arc(-Foot.Radius, 1)}") + Left() + "z";

    /// <summary>What is before the mouth: the outline under the near rim, so that contents can stand behind it.</summary>
    public string Front => Path($"M{x - Top.Radius} {Top.Y}{Arc(Top.Radius, 0)}") + Right() + Path($"{Arc(-Foot.Radius, 1)}") + Left() + "z";

    public string Mouth => Oval(x, Top.Y, Top.Radius, Top.Radius * Tilt);

    public string NearRim => Path($"M{x - Top.Radius} {Top.Y}{Arc(Top.Radius, 0)}");

    /// <summary>The part turned from the light: from the middle of the right half to the edge.</summary>
    public string Shade(double from = 0.42)
    {
        var dip = Tilt * Math.Sqrt(1 - from * from);
        return Path($"M{x + from * Top.Radius} {Top.Y + Top.Radius * dip}") + Curve(from, dip)
            + Path($"A{Foot.Radius} {Foot.Radius * Tilt} 0 0 0 {x + Foot.Radius} {Foot.Y}") + Curve(1, 0, upwards: true)
            + Path($"A{Top.Radius} {Top.Radius * Tilt} 0 0 1 {x + from * Top.Radius} {Top.Y + Top.Radius * dip}z");
    }

    /// <summary>A line down the lit side, for a gloss.</summary>
    public string Gloss(double at = -0.66) => Path($"M{x + at * Top.Radius} {Top.Y + Top.Radius * Tilt}") + Curve(at, Tilt * 0.7);

    /// <summary>A band round the thing between two heights.</summary>
    public string Band(double from, double to)
    {
        string Edge(int side, IEnumerable<double> parts) =>
            string.Concat(parts.Select(part => from + part * (to - from)).Select(y => Path($"L{x + side * RadiusAt(y)} {y}")));
        var (upper, lower) = (RadiusAt(from), RadiusAt(to));
        return Path($"M{x - upper} {from}{Arc(upper, 0)}") + Edge(1, [0.3, 0.7, 1]) + Arc(-lower, 1) + Edge(-1, [0.7, 0.3]) + "z";
    }

    /// <summary>The edge of a band: a line round the near side at one height.</summary>
    public string Ring(double at) => Path($"M{x - RadiusAt(at)} {at}{Arc(RadiusAt(at), 0)}");

    public double RadiusAt(double y)
    {
        var run = runs.FindLast(r => r[0].Y <= y) ?? runs[0];
        for (var i = 0; i + 1 < run.Length; i++)
        {
            if (y <= run[i + 1].Y) return OnSegment(run, i, y);
        }

        return run[^1].Radius;
    }

    private static double OnSegment((double Y, double Radius)[] run, int i, double y)
    {
        var (low, high) = (0.0, 1.0);
        for (var step = 0; step < 30; step++)
        {
            var middle = (low + high) / 2;
            if (Bezier(run, i, middle).Y < y) low = middle;
            else high = middle;
        }

        return Bezier(run, i, low).Radius;
    }

    private static (double Y, double Radius) Bezier((double Y, double Radius)[] run, int i, double t)
    {
        var (a, b, c, d) = Controls(run, i);
        double At(double p, double q, double r, double s) =>
            Math.Pow(1 - t, 3) * p + 3 * Math.Pow(1 - t, 2) * t * q + 3 * (1 - t) * t * t * r + t * t * t * s;
        return (At(a.Y, b.Y, c.Y, d.Y), At(a.Radius, b.Radius, c.Radius, d.Radius));
    }

    private static ((double Y, double Radius) A, (double Y, double Radius) B, (double Y, double Radius) C, (double Y, double Radius) D) Controls(
        (double Y, double Radius)[] run, int i)
    {
        var (a, d) = (run[i], run[i + 1]);
        var before = i > 0 ? run[i - 1] : a;
        var after = i + 2 < run.Length ? run[i + 2] : d;
        return (a, (a.Y + (d.Y - before.Y) / 6, a.Radius + (d.Radius - before.Radius) / 6),
            (d.Y - (after.Y - a.Y) / 6, d.Radius - (after.Radius - a.Radius) / 6), d);
    }

    private string Right() => Curve(1, 0);

    private string Left() => Curve(-1, 0, upwards: true);

    /// <summary>The profile's line at a part of its radius; <paramref name="dip"/> lowers it as the ovals of mouth and foot do.</summary>
    private string Curve(double part, double dip, bool upwards = false)
    {
        string Point((double Y, double Radius) p) => Path($"{x + part * p.Radius} {p.Y + dip * p.Radius}");
        var segments = runs.SelectMany(run => Enumerable.Range(0, run.Length - 1).Select(i => Controls(run, i)));
        return upwards
            ? string.Concat(segments.Reverse().Select(s => $"C{Point(s.C)} {Point(s.B)} {Point(s.A)}"))
            : string.Concat(segments.Select(s => $"C{Point(s.B)} {Point(s.C)} {Point(s.D)}"));
    }

    private static string Arc(double radius, int sweep) =>
        Path($"a{Math.Abs(radius)} {Math.Abs(radius) * Tilt} 0 0 {sweep} {2 * radius} 0");

    private static List<(double Y, double Radius)[]> Split((double Y, double Radius)[] points)
    {
        var corners = Enumerable.Range(1, points.Length - 1).Where(i => points[i] == points[i - 1]).ToList();
        var starts = corners.Prepend(0).ToList();
        return [.. starts.Zip(corners.Append(points.Length), (from, to) => points[from..to])];
    }
}
