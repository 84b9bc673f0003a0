using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Stoa.StripeSandbox;

/// <summary>Signs a webhook as https://docs.stripe.com/webhooks#verify-manually says: HMAC-SHA256, keyed with the
/// endpoint's whole secret, of the time, a full stop and the raw body.</summary>
public static class WebhookSignature
{
    public static string Header(DateTimeOffset at, string body, string secret)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"));
        return $"t={seconds},v1={Convert.ToHexStringLower(signature)}";
    }
}
