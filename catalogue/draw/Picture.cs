using System.Text;
using static Stoa.Draw.Outline;

namespace Stoa.Draw;

/// <summary>
/// One drawing. Light falls from the upper left: every solid thing is darker on its right and throws one shadow, along the
/// slab when it stands, on the wall or table behind it when it hangs or lies.
/// </summary>
public sealed class Picture
{
    private const double Baseline = 640;
    private const string Everything = "M-400-400h1600v1600h-1600z";
    private readonly StringBuilder behind = new();
    private readonly StringBuilder shadows = new();
    private readonly StringBuilder things = new();
    private readonly string ground;
    private readonly string fall;
    private readonly bool dusk;
    private double turned;
    private int clips;

    private Picture(string name, Ground stone, string ground, string fall)
    {
        Name = name;
        dusk = stone == Ground.Dusk;
        this.ground = ground;
        this.fall = fall;
    }

    public string Name { get; }

    /// <summary>A thing that stands on the slab at y = 640; its shadow lies to the right and back.</summary>
    public static Picture Standing(string name, Ground stone) => new(name, stone,
        Fill(Everything, stone.Wall) + Sun("M-60 0H270L578 540H250zM330 0H410L719 540H639z", stone)
        + Fill("M0 540H800V800H0z", stone.Slab),
        Path($"matrix(1 0 -.62 .17 {0.62 * Baseline} {0.83 * Baseline})"));

    /// <summary>A thing that hangs on the wall.</summary>
    public static Picture Hanging(string name, Ground stone) => new(name, stone,
        Fill(Everything, stone.Wall) + Sun("M-160 0H230L690 800H300zM310 0H400L860 800H770z", stone), "translate(26 30)");

    /// <summary>A thing on the table, seen from above.</summary>
    public static Picture Lying(string name, Ground stone) => new(name, stone,
        Fill(Everything, stone.Slab) + Sun("M-160 0H230L690 800H300zM310 0H400L860 800H770z", stone), "translate(18 22)");

    /// <summary>A solid thing with a shadow and a shaded side; what <paramref name="inside"/> draws stays within its outline.</summary>
    public Picture Solid(string outline, Colour colour, Action? inside = null, double shade = 34)
    {
        Cast(outline);
        return Part(outline, colour, inside, shade);
    }

    /// <summary>As <see cref="Solid"/>, but what it would throw a shadow on is hidden behind the thing it belongs to.</summary>
    public Picture Part(string outline, Colour colour, Action? inside = null, double shade = 34)
    {
        var clip = "c" + clips++;
        things.Append($"<clipPath id=\"{clip}\"><path d=\"{outline}\"/></clipPath><g clip-path=\"url(#{clip})\">");
        things.Append(Fill(outline, colour));
        inside?.Invoke();
        var (sin, cos) = Math.SinCos(-turned * Math.PI / 180);
        var (dx, dy) = (-shade, -shade * 0.35);
        things.Append($"<path fill=\"#33222A\" opacity=\".17\" fill-rule=\"evenodd\" d=\"{Everything}{outline}\" transform=\"translate({Number(dx * cos - dy * sin)} {Number(dx * sin + dy * cos)})\"/></g>");
        return this;
    }

    /// <summary>A thing made on a wheel or a lathe. With a <paramref name="mouth"/> colour it is open, and <paramref name="contents"/> stand in it.</summary>
    public Picture Turned(Profile profile, Colour colour, Colour? mouth = null, Action? contents = null, Action? bands = null,
        bool gloss = false, double opacity = 1)
    {
        Cast(profile.Silhouette);
        if (mouth is { } inner) Flat(profile.Mouth, inner);
        contents?.Invoke();
        Flat(mouth is null ? profile.Silhouette : profile.Front, colour, opacity);
        bands?.Invoke();
        things.Append($"<path fill=\"#33222A\" opacity=\".17\" d=\"{profile.Shade()}\"/>");
        if (mouth is not null) Line(profile.NearRim, colour.Lighter(0.25), 7);
        if (gloss) Glint(profile.Gloss());
        return this;
    }

    public Picture Flat(string outline, Colour colour, double opacity = 1)
    {
        things.Append(Fill(outline, colour, opacity));
        return this;
    }

    public Picture Line(string path, Colour colour, double width, double opacity = 1)
    {
        things.Append(Stroke(path, colour, width, opacity));
        return this;
    }

    /// <summary>A line thick enough to throw a shadow: a handle, a wire, a stem.</summary>
    public Picture Rod(string path, Colour colour, double width)
    {
        shadows.Append($"<path fill=\"none\" stroke=\"#33222A\" stroke-width=\"{Number(width)}\" d=\"{path}\"/>");
        return Line(path, colour, width);
    }

    /// <summary>Round dots along a path: holes, pips, beads, stitches.</summary>
    public Picture Dots(string path, Colour colour, double size, double gap, double opacity = 1)
    {
        things.Append($"<path fill=\"none\" stroke=\"{colour}\" stroke-width=\"{Number(size)}\" stroke-dasharray=\"0 {Number(gap)}\"{Opacity(opacity)} d=\"{path}\"/>");
        return this;
    }

    /// <summary>A short bright stroke where the light touches a glaze: a part of the line from its start.</summary>
    public Picture Glint(string path, double from = 12, double length = 30, double width = 13, double opacity = 0.55)
    {
        things.Append($"<path fill=\"none\" stroke=\"#FFF8EA\" stroke-width=\"{Number(width)}\" opacity=\"{opacity.ToString(System.Globalization.CultureInfo.InvariantCulture)}\" pathLength=\"100\" stroke-dasharray=\"{Number(length)} 200\" stroke-dashoffset=\"{Number(-from)}\" d=\"{path}\"/>");
        return this;
    }

    /// <summary>Lamplight round a flame, behind everything.</summary>
    public Picture Glow(double x, double y, double radius)
    {
        foreach (var part in new[] { 1, 0.7, 0.42 }) behind.Append(Fill(Disc(x, y, radius * part), Palette.Flame, 0.15));
        return this;
    }

    public Picture Flame(double x, double y, double height = 70)
    {
        Flat(Drop(x, y, height), Palette.Flame);
        return Flat(Drop(x, y, height * 0.5), Palette.Chalk);
    }

    /// <summary>Draws turned about a point; light and shadow stay where they are.</summary>
    public Picture Turn(double degrees, double x, double y, Action draw) =>
        Move($"rotate({Number(degrees)} {Number(x)} {Number(y)})", draw, degrees);

    public Picture Shift(double x, double y, Action draw) => Move($"translate({Number(x)} {Number(y)})", draw, 0);

    /// <summary>Draws larger or smaller, from the point where the thing stands.</summary>
    public Picture Zoom(double factor, Action draw) =>
        Move($"matrix({factor} 0 0 {factor} {Number(380 - 380 * factor)} {Number(Baseline - Baseline * factor)})", draw, 0);

    public Picture Cast(string outline)
    {
        shadows.Append($"<path d=\"{outline}\"/>");
        return this;
    }

    public override string ToString() =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 800\" stroke-linecap=\"round\" stroke-linejoin=\"round\">{ground}{behind}"
        + $"<g fill=\"#33222A\" opacity=\"{(dusk ? ".3" : ".17")}\" transform=\"{fall}\">{shadows}</g>{things}</svg>\n";

    private Picture Move(string transform, Action draw, double degrees)
    {
        shadows.Append($"<g transform=\"{transform}\">");
        things.Append($"<g transform=\"{transform}\">");
        turned += degrees;
        draw();
        turned -= degrees;
        things.Append("</g>");
        shadows.Append("</g>");
        return this;
    }

    private static string Drop(double x, double y, double height) =>
        Path($"M{x} {y - height}C{x + height * 0.12} {y - height * 0.66} {x + height * 0.3} {y - height * 0.5} {x + height * 0.3} {y - height * 0.27}A{height * 0.3} {height * 0.27} 0 0 1 {x - height * 0.3} {y - height * 0.27}C{x - height * 0.3} {y - height * 0.5} {x - height * 0.1} {y - height * 0.62} {x} {y - height}z");

    /// <summary>Sun between two columns; none at dusk, when lamps are lit.</summary>
    private static string Sun(string shafts, Ground stone) => stone == Ground.Dusk ? "" : Fill(shafts, stone.Wall.Lighter(), 0.7);

    private static string Fill(string outline, Colour colour, double opacity = 1) =>
        $"<path fill=\"{colour}\"{Opacity(opacity)} d=\"{outline}\"/>";

    private static string Stroke(string path, Colour colour, double width, double opacity) =>
        $"<path fill=\"none\" stroke=\"{colour}\" stroke-width=\"{Number(width)}\"{Opacity(opacity)} d=\"{path}\"/>";

    private static string Opacity(double opacity) => opacity == 1 ? "" : $" opacity=\"{opacity.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)}\"";
}
