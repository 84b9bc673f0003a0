using System.Security.Cryptography;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Keeps the secrets of webhooks: in the database they lie encrypted (AES-256-GCM) under a key made from this
/// service's private key, bound to their webhook, so that a copy of the database signs nothing.</summary>
public sealed class WebhookSecrets(ServiceTokens tokens, Entropy entropy)
{
    private const int NewBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _key = tokens.Secret("webhook secrets");

    /// <summary>A secret that nobody knows yet.</summary>
    public byte[] Make() => entropy.Bytes(NewBytes);

    /// <summary>As it lies in the database: nonce, tag, encrypted secret.</summary>
    public string Seal(Guid webhookId, byte[] secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var bytes = new byte[NonceBytes + TagBytes + secret.Length];
        entropy.Bytes(NonceBytes).CopyTo(bytes, 0);
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(bytes.AsSpan(0, NonceBytes), secret, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), webhookId.ToByteArray());
        return Convert.ToBase64String(bytes);
    }

    /// <summary>As it signs.</summary>
    /// <exception cref="CryptographicException">It was sealed with another key: the service's key was lost or changed.</exception>
    public byte[] Open(Guid webhookId, string text)
    {
        var bytes = Convert.FromBase64String(text);
        var secret = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), secret, webhookId.ToByteArray());
        return secret;
    }
}
