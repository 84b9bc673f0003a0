using System.Globalization;
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
    private const string Umbra = "#33222A";
    private const string Everything = "M-400-400h1600v1600h-1600z";
    private readonly StringBuilder behind = new();
    private readonly StringBuilder shadows = new();
    private readonly StringBuilder things = new();
    private readonly string ground;
    private readonly string fall;
    private readonly string zoom;
    private readonly bool dusk;
    private double turned;
    private int clips;

    private Picture(string name, Ground stone, string ground, string fall, string zoom)
    {
        Name = name;
        dusk = stone == Ground.Dusk;
        this.ground = ground;
        this.fall = fall;
        this.zoom = zoom;
    }

    public string Name { get; }

    /// <summary>A thing that stands on the slab at y = 640; its shadow lies to the right and back.</summary>
    public static Picture Standing(string name, Ground stone, double zoom = 1) => new(name, stone,
        Fill(Everything, stone.Wall) + Sun("M-60 0H270L578 540H250zM330 0H410L719 540H639z", stone)
        + Fill("M0 540H800V800H0z", stone.Slab),
        Path($"matrix(1 0 -.62 .17 {0.62 * Baseline} {0.83 * Baseline})"), Scale(zoom, 380, Baseline));

    /// <summary>A thing that hangs on the wall.</summary>
    public static Picture Hanging(string name, Ground stone, double zoom = 1) => new(name, stone,
        Fill(Everything, stone.Wall) + Sun("M-160 0H230L690 800H300zM310 0H400L860 800H770z", stone), "translate(26 30)", Scale(zoom, 400, 400));

    /// <summary>A thing on the table, seen from above.</summary>
    public static Picture Lying(string name, Ground stone, double zoom = 1) => new(name, stone,
        Fill(Everything, stone.Slab) + Sun("M-160 0H230L690 800H300zM310 0H400L860 800H770z", stone), "translate(18 22)", Scale(zoom, 400, 400));

    /// <summary>A solid thing with a shadow and a shaded side; what <paramref name="inside"/> draws stays within its outline.</summary>
    public Picture Solid(string outline, Colour colour, Action? inside = null, double shade = 34)
    {
        Cast(outline);
        return Part(outline, colour, inside, shade);
    }

    /// <summary>As <see cref="Solid"/> without a shadow: for a part in front of a thing that throws one.</summary>
    public Picture Part(string outline, Colour colour, Action? inside = null, double shade = 34)
    {
        if (shade == 0 && inside is null) return Flat(outline, colour);
        var clip = "c" + clips++;
        things.Append($"<clipPath id=\"{clip}\"><path d=\"{outline}\"/></clipPath><g clip-path=\"url(#{clip})\">");
        things.Append(Fill(outline, colour));
        inside?.Invoke();
        var (sin, cos) = Math.SinCos(-turned * Math.PI / 180);
        var (dx, dy) = (-shade, -shade * 0.35);
        things.Append($"<path fill=\"{Umbra}\" opacity=\".17\" fill-rule=\"evenodd\" d=\"{Everything}{outline}\" transform=\"translate({Number(dx * cos - dy * sin)} {Number(dx * sin + dy * cos)})\"/></g>");
        return this;
    }

    /// <summary>A thing made on a wheel or a lathe. With a <paramref name="mouth"/> colour it is open, and <paramref name="contents"/> stand in it.</summary>
    public Picture Turned(Profile profile, Colour colour, Colour? mouth = null, Action? contents = null, Action? bands = null,
        bool gloss = false)
    {
        Cast(profile.Silhouette);
        if (mouth is { } inner) Flat(profile.Mouth, inner);
        contents?.Invoke();
        Flat(mouth is null ? profile.Silhouette : profile.Front, colour);
        bands?.Invoke();
        Shade(profile.Shade());
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
        shadows.Append($"<path fill=\"none\" stroke=\"{Umbra}\" stroke-width=\"{Number(width)}\" d=\"{path}\"/>");
        return Line(path, colour, width);
    }

    /// <summary>A ball and its crescent of shade.</summary>
    public Picture Ball(double x, double y, double radius, Colour colour, Action? inside = null)
    {
        Cast(Disc(x, y, radius)).Flat(Disc(x, y, radius), colour);
        inside?.Invoke();
        return Shade(Path($"M{x + 0.16 * radius} {y - 0.99 * radius}A{radius} {radius} 0 1 1 {x - 0.45 * radius} {y + 0.89 * radius}A{radius} {radius} 0 0 0 {x + 0.16 * radius} {y - 0.99 * radius}z"));
    }

    /// <summary>An upright block and its strip of shade.</summary>
    public Picture Block(double x, double y, double width, double height, Colour colour, double corner = 4, double shade = 14)
    {
        var right = x + width;
        return Cast(Box(x, y, width, height, corner)).Flat(Box(x, y, width, height, corner), colour)
            .Shade(Path($"M{right - shade} {y}H{right - corner}Q{right} {y} {right} {y + corner}V{y + height - corner}Q{right} {y + height} {right - corner} {y + height}H{right - shade}z"));
    }

    public Picture Shade(string outline)
    {
        things.Append($"<path fill=\"{Umbra}\" opacity=\".17\" d=\"{outline}\"/>");
        return this;
    }

    /// <summary>Round dots along a path: holes, pips, beads; with a length, dashes: stitches, wicker.</summary>
    public Picture Dots(string path, Colour colour, double size, double gap, double opacity = 1, double length = 0)
    {
        things.Append($"<path fill=\"none\" stroke=\"{colour}\" stroke-width=\"{Number(size)}\" stroke-dasharray=\"{Number(length)} {Number(gap)}\"{Opacity(opacity)} d=\"{path}\"/>");
        return this;
    }

    /// <summary>So many dots, evenly from one end of a path to the other.</summary>
    public Picture Row(string path, Colour colour, double size, int count)
    {
        things.Append($"<path fill=\"none\" stroke=\"{colour}\" stroke-width=\"{Number(size)}\" pathLength=\"{count - 0.99:0.00}\" stroke-dasharray=\"0 1\" d=\"{path}\"/>");
        return this;
    }

    /// <summary>Wicker between two heights.</summary>
    public Picture Wicker(double x, double y, double width, int rows, Colour colour)
    {
        for (var row = 0; row < rows; row++)
            Dots(Path($"M{x + row % 2 * 36} {y + row * 26}h{width}"), colour, 14, 44, length: 28);
        return this;
    }

    /// <summary>A short bright stroke where the light touches a glaze: a part of the line from its start.</summary>
    public Picture Glint(string path, double from = 12, double length = 30, double width = 13, double opacity = 0.55)
    {
        things.Append($"<path fill=\"none\" stroke=\"#FFF8EA\" stroke-width=\"{Number(width)}\" opacity=\"{opacity.ToString(CultureInfo.InvariantCulture)}\" pathLength=\"100\" stroke-dasharray=\"{Number(length)} 200\" stroke-dashoffset=\"{Number(-from)}\" d=\"{path}\"/>");
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

    /// <summary>Draws with the origin moved, and turned about it.</summary>
    public Picture At(double x, double y, Action draw, double degrees = 0) =>
        Move($"translate({Number(x)} {Number(y)})" + (degrees == 0 ? "" : $" rotate({Number(degrees)})"), draw, degrees);

    public Picture Cast(string outline)
    {
        shadows.Append($"<path d=\"{outline}\"/>");
        return this;
    }

    public override string ToString() =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 800\" stroke-linecap=\"round\" stroke-linejoin=\"round\">{ground}"
        + $"{Group(zoom, behind)}<g fill=\"{Umbra}\" opacity=\"{(dusk ? ".3" : ".17")}\" transform=\"{fall}\">{Group(zoom, shadows)}</g>{Group(zoom, things)}</svg>\n";

    private static string Group(string transform, StringBuilder content) =>
        transform.Length == 0 || content.Length == 0 ? content.ToString() : $"<g transform=\"{transform}\">{content}</g>";

    private static string Scale(double zoom, double x, double y) =>
        zoom == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"translate({x * (1 - zoom):0.#} {y * (1 - zoom):0.#}) scale({zoom})");

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

    private static string Opacity(double opacity) => opacity == 1 ? "" : $" opacity=\"{opacity.ToString("0.##", CultureInfo.InvariantCulture)}\"";
}
