using System.Buffers.Text;
using System.Security.Cryptography;

namespace Stoa.Users;

/// <summary>256 random bits that prove something to us, as text for their holder and as a SHA-256 for our tables: so many
/// random bits need no slower hash.</summary>
public static class OpaqueToken
{
    public const int Bytes = 32;
    private const int Characters = 43;

    public static string Text(byte[] token) => Base64Url.EncodeToString(token);

    /// <summary>Reads a token's text; null for any other text.</summary>
    public static byte[]? Parse(string? text) =>
        text is { Length: Characters } && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    public static string Hash(byte[] token) => Convert.ToHexStringLower(SHA256.HashData(token));
}
