using System.Security.Cryptography;
using System.Text;
using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>Ids and secrets in Stripe's form: a prefix that says what it names, then letters and digits.</summary>
public static class StripeId
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>A new id, such as <c>pi_3kTb…</c> with 24 characters (142 bits) after the prefix.</summary>
    public static string New(Entropy entropy, string prefix, int length = 24)
    {
        var text = new StringBuilder(prefix, prefix.Length + length);
        while (text.Length < prefix.Length + length)
            foreach (var value in entropy.Bytes(length))
                // 248 is the greatest multiple of 62 in a byte: what lies above would favour the first letters.
                if (value < 248 && text.Length < prefix.Length + length) text.Append(Base62[value % 62]);
        return text.ToString();
    }

    /// <summary>The same letters for the same input: a card's fingerprint.</summary>
    public static string Fingerprint(string input) =>
        string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes(input)).Take(16).Select(value => Base62[value % 62]));
}
