using System.Security.Cryptography;
using System.Text;

namespace Stoa.Users;

/// <summary>E-mail addresses as we compare them: servers that tell upper from lower case in the part before the @ exist
/// on paper only, and a shopper writes an address now one way, now another.</summary>
public static class EmailAddress
{
    /// <summary>The normal form: one account an address.</summary>
    public static string Key(string email) => email.Trim().ToLowerInvariant();

    /// <summary>The normal form's SHA-256, for rows that may tell of addresses which nobody has here.</summary>
    public static string Hash(string email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key(email))));
}
