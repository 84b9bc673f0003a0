using System.Buffers.Binary;

namespace Stoa.Products;

/// <summary>How large a picture is, read from its own structure: what only begins like one has no size. A small file may
/// unfold to gigabytes in the browser that shows it, so that the size has a limit too.</summary>
/// <remarks>PNG (ISO/IEC 15948) by its chunks up to the last, JPEG (ITU-T T.81) by its segments up to the first scan,
/// WebP (RFC 9649) by its first chunk.</remarks>
public static class PictureSize
{
    public const int MostSide = 8_192;
    public const int MostPixels = 40_000_000;

    /// <returns>What is wrong with it, for a person; null when it can be shown.</returns>
    public static string? Fault(PictureType type, ReadOnlySpan<byte> content) => Of(type, content) switch
    {
        null => "is damaged or cut off",
        { Width: 0 } or { Height: 0 } => "is empty",
        { } size when size.Width > MostSide || size.Height > MostSide || (long)size.Width * size.Height > MostPixels =>
            FormattableString.Invariant($"has {size.Width} × {size.Height} pixels, and may have {MostSide:N0} a side and {MostPixels / 1_000_000} million in all"),
        _ => null,
    };

    /// <returns>Null when it is none of its type.</returns>
    public static (int Width, int Height)? Of(PictureType type, ReadOnlySpan<byte> content) =>
        type == PictureType.Png ? Png(content) : type == PictureType.Jpeg ? Jpeg(content) : type == PictureType.WebP ? WebP(content) : null;

    private static (int, int)? Png(ReadOnlySpan<byte> content)
    {
        const int behindSignature = 8;
        (int, int)? size = null;
        var hasData = false;
        for (var at = behindSignature; at + 12 <= content.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(content[at..]);
            if (length > content.Length - at - 12) return null;
            var name = content.Slice(at + 4, 4);
            var data = content.Slice(at + 8, (int)length);
            if (name.SequenceEqual("IHDR"u8) != (at == behindSignature)) return null; // first, and once
            if (at == behindSignature)
            {
                if (length != 13) return null;
                size = Both(BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
            }

            hasData |= name.SequenceEqual("IDAT"u8);
            if (name.SequenceEqual("IEND"u8)) return hasData ? size : null;
            at += 12 + (int)length;
        }

        return null;
    }

    private static (int, int)? Jpeg(ReadOnlySpan<byte> content)
    {
        (int, int)? size = null;
        for (var at = 2; at + 4 <= content.Length;)
        {
            if (content[at] != 0xFF) return null;
            var marker = content[at + 1];
            if (marker == 0xFF) // a fill byte
            {
                at++;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(content[(at + 2)..]);
            if (marker is 0 or 1 or (>= 0xD0 and <= 0xD9) || length < 2 || at + 2 + length > content.Length) return null;
            if (marker == 0xDA) return size; // its scan begins
            var isFrame = marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
            if (isFrame && (length < 8 || size is not null)) return null; // one, and whole
            if (isFrame) size = (BinaryPrimitives.ReadUInt16BigEndian(content[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(content[(at + 5)..]));
            at += 2 + length;
        }

        return null;
    }

    private static (int, int)? WebP(ReadOnlySpan<byte> content)
    {
        if (content.Length < 30 || BinaryPrimitives.ReadUInt32LittleEndian(content[4..]) > content.Length - 8) return null;
        var name = content.Slice(12, 4);
        var data = content[20..];
        if (name.SequenceEqual("VP8X"u8)) return (Three(data[4..]) + 1, Three(data[7..]) + 1);
        if (name.SequenceEqual("VP8L"u8) && data[0] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
            return ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
        }

        return name.SequenceEqual("VP8 "u8) && data[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
            ? (BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF)
            : null;
    }

    private static int Three(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static (int, int) Both(uint width, uint height) => ((int)Math.Min(width, int.MaxValue), (int)Math.Min(height, int.MaxValue));
}
