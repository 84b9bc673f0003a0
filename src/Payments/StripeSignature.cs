using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Stoa.Payments;

/// <summary>Whether a webhook is the provider's (https://docs.stripe.com/webhooks#verify-manually): the header
/// <c>Stripe-Signature: t=seconds,v1=hex[,v1=hex…]</c> holds the HMAC-SHA256 of the time, a full stop and the raw body.</summary>
public static class StripeSignature
{
    /// <summary>Older ones may be a recording; the provider signs each sending anew.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const int LongestHeader = 4096;

    /// <param name="header">The header as received.</param>
    /// <param name="body">The body's bytes as received: reading and writing it again would change them.</param>
    /// <param name="secret">The endpoint's secret.</param>
    /// <param name="now">By our clock.</param>
    public static bool Verifies(string header, byte[] body, string secret, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (header.Length > LongestHeader || secret.Length == 0) return false;
        var parts = header.Split(',').Select(part => part.Trim().Split('=', 2)).Where(part => part.Length == 2).ToList();
        if (parts.FirstOrDefault(part => part[0] == "t") is not { } time) return false;
        if (!long.TryParse(time[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        if (Math.Abs((decimal)now.ToUnixTimeSeconds() - seconds) > (decimal)Tolerance.TotalSeconds) return false;

        byte[] signed = [.. Encoding.UTF8.GetBytes(time[1] + "."), .. body];
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        // More than one while the secret is being changed; each is compared in a time that tells nothing of the right one.
        return parts.Any(part => part[0] == "v1" && Equals(part[1], expected));
    }

    private static bool Equals(string hex, byte[] expected)
    {
        var given = new byte[expected.Length];
        return hex.Length == expected.Length * 2
            && Convert.FromHexString(hex, given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, expected);
    }
}
