using System.Text;

namespace Stoa.Products;

/// <summary>A kind of picture, told by the content's first bytes, never by what the sender calls it.</summary>
/// <param name="Extension">In the picture's name.</param>
/// <param name="MediaType">In the answer.</param>
public sealed record PictureType(string Extension, string MediaType)
{
    public static readonly PictureType Svg = new("svg", "image/svg+xml");
    public static readonly PictureType Png = new("png", "image/png");
    public static readonly PictureType Jpeg = new("jpg", "image/jpeg");
    public static readonly PictureType WebP = new("webp", "image/webp");

    /// <summary>Null for anything else.</summary>
    public static PictureType? Of(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])) return Png;
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return Jpeg;
        if (content.Length > 16 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8)) return WebP;
        var head = Encoding.UTF8.GetString(content[..Math.Min(content.Length, 4096)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return head.StartsWith('<') && head.Contains("<svg", StringComparison.Ordinal) ? Svg : null;
    }

    /// <summary>Of a picture's name.</summary>
    public static PictureType? Named(string name) =>
        Array.Find([Svg, Png, Jpeg, WebP], type => name.EndsWith('.' + type.Extension, StringComparison.Ordinal));
}
