using System.Collections.Frozen;
using System.Xml;

namespace Stoa.Products;

/// <summary>Whether an SVG only draws. It is a document that can run scripts and fetch from elsewhere when somebody opens it
/// by itself, so it holds nothing but elements that draw, and refers to nothing but its own parts.</summary>
public static class SafeSvg
{
    private const string Svg = "http://www.w3.org/2000/svg";

    private static readonly FrozenSet<string> Draws = FrozenSet.ToFrozenSet(
    [
        "svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "style", "switch", "view",
        "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath",
        "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker", "filter",
        "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting",
        "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR",
        "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight", "feSpecularLighting",
        "feSpotLight", "feTile", "feTurbulence",
    ], StringComparer.Ordinal);

    private static readonly XmlReaderSettings Strict = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = AddPicture.MostBytes,
        CloseInput = true,
    };

    /// <returns>What is wrong with it, for a person; null when it is safe.</returns>
    public static string? Fault(byte[] content)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(content), Strict);
            for (var isRoot = true; reader.Read();)
            {
                if (Fault(reader, isRoot) is { } fault) return fault;
                if (reader.NodeType == XmlNodeType.Element) isRoot = false;
            }

            return null;
        }
        catch (XmlException fault)
        {
            return $"is not well-formed XML without a DTD (line {fault.LineNumber})";
        }
    }

    private static string? Fault(XmlReader reader, bool isRoot) => reader.NodeType switch
    {
        XmlNodeType.Element when reader.Depth > 100 => "nests more than 100 elements",
        XmlNodeType.Element when isRoot && (reader.LocalName != "svg" || reader.NamespaceURI != Svg) => "must be an svg element of the SVG namespace",
        XmlNodeType.Element when reader.NamespaceURI != Svg || !Draws.Contains(reader.LocalName) => $"holds <{reader.Name}>, which does not draw",
        XmlNodeType.Element => AttributeFault(reader),
        XmlNodeType.Text or XmlNodeType.CDATA when RefersElsewhere(reader.Value) => "refers to something outside itself",
        XmlNodeType.ProcessingInstruction => "holds a processing instruction",
        _ => null,
    };

    private static string? AttributeFault(XmlReader reader)
    {
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI == "http://www.w3.org/2000/xmlns/") continue;
            if (reader.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)) return $"holds the event attribute {reader.Name}";
            if (reader.LocalName is "href" or "src" or "base" && !reader.Value.StartsWith('#')) return "refers to something outside itself";
            if (RefersElsewhere(reader.Value)) return "refers to something outside itself";
        }

        reader.MoveToElement();
        return null;
    }

    /// <summary>Styles: <c>url(#part)</c> is its own, any other url, import or script is not; an escape could hide one.</summary>
    private static bool RefersElsewhere(string text)
    {
        if (text.Contains("@import", StringComparison.OrdinalIgnoreCase) || text.Contains("javascript:", StringComparison.OrdinalIgnoreCase) || text.Contains('\\')) return true;
        for (var at = text.IndexOf("url", StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf("url", at + 3, StringComparison.OrdinalIgnoreCase))
        {
            var rest = text.AsSpan(at + 3).TrimStart();
            if (rest.StartsWith("(") && !rest[1..].TrimStart(" \t\r\n\"'").StartsWith("#")) return true;
        }

        return text.Contains("image-set", StringComparison.OrdinalIgnoreCase);
    }
}
