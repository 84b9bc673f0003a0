using System.Globalization;
using System.Text;

namespace Stoa.Bench.Report;

/// <summary>A line chart as SVG, in the colours of the page that shows it.</summary>
internal static class Chart
{
    private const int Width = 640;
    private const int Height = 280;
    private const int Left = 60;
    private const int Bottom = 36;
    private const int Top = 28;
    private const int Right = 150;
    private static readonly string[] Colours = ["#3b6ea5", "#c2643f", "#5b8c5a", "#8a5a9e", "#a08a2c", "#4f8f8f", "#b04a6a"];

    /// <param name="lines">Each with its name and its points, x ascending.</param>
    public static string Lines(string title, string x, string y, IReadOnlyList<(string Name, IReadOnlyList<(double X, double Y)> Points)> lines)
    {
        var points = lines.SelectMany(line => line.Points).ToList();
        var (minX, maxX, maxY) = (points.Min(point => point.X), points.Max(point => point.X), Math.Max(points.Max(point => point.Y) * 1.1, 1e-9));
        var svg = new StringBuilder();
        Write(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="system-ui, sans-serif" font-size="12" fill="currentColor" role="img" aria-label="{Escape(title)}">""");
        Write(svg, $"""<text x="{Left}" y="16" font-weight="600">{Escape(title)}</text>""");
        for (var step = 0; step <= 4; step++)
        {
            var value = maxY * step / 4;
            Write(svg, $"""<line x1="{Left}" x2="{Width - Right}" y1="{Y(value)}" y2="{Y(value)}" stroke="currentColor" stroke-opacity="0.15"/><text x="{Left - 6}" y="{Y(value) + 4}" text-anchor="end">{Number(value)}</text>""");
        }

        foreach (var at in points.Select(point => point.X).Distinct().Order().Where((_, place) => points.Count < 40 || place % (points.Count / lines.Count / 8) == 0))
            Write(svg, $"""<text x="{X(at)}" y="{Height - Bottom + 16}" text-anchor="middle">{Number(at)}</text>""");
        Write(svg, $"""<text x="{(Left + Width - Right) / 2}" y="{Height - 4}" text-anchor="middle">{Escape(x)}</text><text x="{Width - Right + 8}" y="16">{Escape(y)}</text>""");
        for (var one = 0; one < lines.Count; one++)
        {
            var colour = Colours[one % Colours.Length];
            var path = string.Join(' ', lines[one].Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.#},{Y(point.Y):0.#}")));
            Write(svg, $"""<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/><text x="{Width - Right + 8}" y="{Top + 14 + one * 16}" fill="{colour}">{Escape(lines[one].Name)}</text>""");
        }

        return svg.Append("</svg>\n").ToString();

        double X(double value) => Left + (maxX > minX ? (value - minX) / (maxX - minX) : 0.5) * (Width - Right - Left);
        double Y(double value) => Height - Bottom - value / maxY * (Height - Bottom - Top);
    }

    private static void Write(StringBuilder svg, FormattableString text) => svg.AppendLine(text.ToString(CultureInfo.InvariantCulture));

    private static string Number(double value) => value.ToString(value >= 100 ? "0" : "0.##", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
