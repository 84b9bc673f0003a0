using System.Collections.Frozen;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Stoa.Products;

/// <summary>An SVG is a document that can run scripts and fetch from elsewhere when somebody opens it by itself. So it is
/// written anew (ADR 55): of its elements and attributes those that draw, which refer to nothing but its own parts. What is
/// on no list is not in the picture that is kept.</summary>
public static class SafeSvg
{
    private const int MostDepth = 100;
    private const int MostDrawn = 50_000;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly XName XLink = XName.Get("href", "http://www.w3.org/1999/xlink");

    private static readonly FrozenSet<string> Elements = Names("""
        svg g defs symbol use title desc style switch view
        path rect circle ellipse line polyline polygon text tspan textPath
        linearGradient radialGradient stop clipPath mask pattern marker filter
        feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
        feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
        feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting
        feSpotLight feTile feTurbulence
        """);

    private static readonly FrozenSet<string> Attributes = Names("""
        id class style lang role version baseProfile viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry fx fy fr
        d points pathLength transform transform-origin dx dy rotate textLength lengthAdjust startOffset method spacing side
        fill fill-opacity fill-rule stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
        stroke-opacity stroke-width vector-effect paint-order color color-interpolation color-interpolation-filters color-rendering
        opacity display visibility overflow clip clip-path clip-rule mask mask-type filter mix-blend-mode isolation enable-background
        shape-rendering text-rendering image-rendering pointer-events
        font font-family font-size font-size-adjust font-stretch font-style font-variant font-weight letter-spacing word-spacing
        text-anchor text-decoration dominant-baseline alignment-baseline baseline-shift direction unicode-bidi writing-mode
        gradientUnits gradientTransform spreadMethod offset stop-color stop-opacity
        clipPathUnits maskUnits maskContentUnits patternUnits patternContentUnits patternTransform
        markerUnits markerWidth markerHeight refX refY orient marker marker-start marker-mid marker-end
        filterUnits primitiveUnits in in2 result mode type values operator k1 k2 k3 k4 stdDeviation edgeMode order kernelMatrix divisor
        bias targetX targetY preserveAlpha kernelUnitLength scale xChannelSelector yChannelSelector flood-color flood-opacity
        lighting-color surfaceScale diffuseConstant specularConstant specularExponent limitingConeAngle azimuth elevation z
        pointsAtX pointsAtY pointsAtZ radius baseFrequency numOctaves seed stitchTiles tableValues slope intercept amplitude exponent
        systemLanguage requiredExtensions aria-label aria-hidden aria-labelledby aria-describedby
        """);

    /// <summary>A DTD is passed over, never read: what it would define is not there.</summary>
    private static readonly XmlReaderSettings Strict = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = AddPicture.MostBytes,
        CloseInput = true,
    };

    /// <returns>The picture that only draws, or what is wrong with this one, for a person.</returns>
    public static (byte[]? Picture, string? Fault) Clean(byte[] content)
    {
        try
        {
            if (IsTooDeep(content)) return (null, $"nests more than {MostDepth} elements");
            using var reader = Open(content);
            var root = XDocument.Load(reader).Root!;
            if (root.Name != Svg + "svg") return (null, "must be an svg element of the SVG namespace");
            var picture = new XElement(Svg + "svg", new XAttribute("xmlns", Svg.NamespaceName));
            Keep(root, picture);
            if (Unfolding(picture) is { } fault) return (null, fault);
            return (Encoding.UTF8.GetBytes(picture.ToString(SaveOptions.DisableFormatting)), null);
        }
        catch (XmlException fault)
        {
            return (null, $"is not well-formed XML without entities (line {fault.LineNumber})");
        }
    }

    private static XmlReader Open(byte[] content) => XmlReader.Create(new MemoryStream(content), Strict);

    private static bool IsTooDeep(byte[] content)
    {
        using var reader = Open(content);
        while (reader.Read())
        {
            if (reader.Depth > MostDepth) return true;
        }

        return false;
    }

    /// <summary>Puts into an element what may stay of another.</summary>
    private static void Keep(XElement element, XElement kept)
    {
        foreach (var attribute in element.Attributes()) Keep(attribute, kept);
        foreach (var node in element.Nodes())
        {
            if (node is XText text) kept.Add(text.Value);
            if (node is not XElement child || !Draws(child)) continue;
            var part = new XElement(Svg + (child.Name.LocalName is "a" ? "g" : child.Name.LocalName)); // what a link shows stays
            Keep(child, part);
            kept.Add(part);
        }
    }

    /// <summary>Of a style, the whole text is looked at: it may be cut into pieces.</summary>
    private static bool Draws(XElement element) => element.Name.Namespace == Svg
        && (Elements.Contains(element.Name.LocalName) || element.Name.LocalName is "a")
        && (element.Name.LocalName is not "style" || !RefersElsewhere(element.Value));

    private static void Keep(XAttribute attribute, XElement kept)
    {
        var isLink = attribute.Name == XLink || attribute.Name == "href";
        if (isLink && kept.Name != Svg + "g" && attribute.Value.StartsWith('#')) kept.SetAttributeValue("href", attribute.Value);
        if (attribute.Name.Namespace == XNamespace.None && Attributes.Contains(attribute.Name.LocalName) && !RefersElsewhere(attribute.Value)) kept.SetAttributeValue(attribute.Name, attribute.Value);
    }

    /// <summary>In a style <c>url(#part)</c> is its own, any other url, import or script is not; an escape could hide one.</summary>
    private static bool RefersElsewhere(string text)
    {
        foreach (var word in (ReadOnlySpan<string>)["@import", "javascript:", "\\", "image-set", "src("])
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        }

        for (var at = text.IndexOf("url", StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf("url", at + 3, StringComparison.OrdinalIgnoreCase))
        {
            var rest = text.AsSpan(at + 3).TrimStart();
            if (rest.StartsWith("(") && !rest[1..].TrimStart(" \t\r\n\"'").StartsWith("#")) return true;
        }

        return false;
    }

    /// <summary>A use draws a part once more: a few lines whose parts use one another unfold to billions in each shopper's
    /// browser, and one that uses itself never ends. So the picture is walked as it would be drawn, as far as it may go (ADR 65).</summary>
    private static string? Unfolding(XElement picture)
    {
        var parts = picture.Descendants().Where(part => part.Attribute("id") is not null).DistinctBy(part => part.Attribute("id")!.Value).ToDictionary(part => "#" + part.Attribute("id")!.Value);
        var drawn = 0;
        return FaultIn(picture, 0);

        string? FaultIn(XElement element, int depth)
        {
            if (depth > MostDepth) return $"nests more than {MostDepth} elements, one used by another or by itself";
            if (++drawn > MostDrawn) return $"draws more than {MostDrawn} elements, with what it uses again";
            var used = element.Name == Svg + "use" && element.Attribute("href") is { } link ? parts.GetValueOrDefault(link.Value) : null;
            return element.Elements().Append(used).OfType<XElement>().Select(part => FaultIn(part, depth + 1)).FirstOrDefault(fault => fault is not null);
        }
    }

    private static FrozenSet<string> Names(string list) => list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
