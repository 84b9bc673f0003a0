using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Stoa.Notifications;

/// <summary>Secrets and signatures by the Standard Webhooks specification 1.0.0
/// (github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md): HMAC-SHA256 of the id, the time of the try and
/// the body, joined by full stops.</summary>
public static class WebhookSignature
{
    /// <summary>What a secret begins with as text; base64 follows.</summary>
    public const string Prefix = "whsec_";

    private const int FewestBytes = 24;
    private const int MostBytes = 64;

    /// <summary>A secret as people pass it on.</summary>
    public static string Write(byte[] secret) => Prefix + Convert.ToBase64String(secret);

    /// <summary>Reads a secret of 24 to 64 bytes.</summary>
    /// <returns>Null when the text is none.</returns>
    public static byte[]? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || !Base64.IsValid(text.AsSpan(Prefix.Length), out var length)) return null;
        return length is >= FewestBytes and <= MostBytes ? Convert.FromBase64String(text[Prefix.Length..]) : null;
    }

    /// <summary>The header <c>webhook-signature</c>: one signature per secret, separated by spaces.</summary>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="at">The header <c>webhook-timestamp</c>, in seconds.</param>
    /// <param name="body">As it is sent.</param>
    /// <param name="secrets">The newest first.</param>
    public static string Header(string id, long at, string body, IEnumerable<byte[]> secrets)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at}.{body}"));
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed))));
    }
}
