using System.Buffers.Text;
using System.Security.Cryptography;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Links that show one order to whoever has them, for mails to buyers without an account: the order's id and its
/// HMAC-SHA256 under a secret of this service. Nothing is stored, so no copy of the database shows an order to anybody;
/// a link serves for as long as its order holds the address that it was mailed to, so that an erasure ends it.</summary>
public sealed class OrderLinks(ServiceTokens tokens)
{
    private const int IdBytes = 16;
    private static readonly int Characters = Base64Url.GetEncodedLength(IdBytes + HMACSHA256.HashSizeInBytes);

    private readonly byte[] _secret = tokens.Secret("order links");

    /// <summary>The token of an order's link; null where mails about it go to an account, which can log in.</summary>
    public string? For(Order order)
    {
        if (order.Email is null) return null;
        var id = order.Id.ToByteArray(bigEndian: true);
        return Base64Url.EncodeToString([.. id, .. Sign(id)]);
    }

    /// <summary>The order that a token shows; null for any other text.</summary>
    public Guid? Read(string? token)
    {
        if (token?.Length != Characters || !Base64Url.IsValid(token)) return null;
        ReadOnlySpan<byte> bytes = Base64Url.DecodeFromChars(token);
        var id = bytes[..IdBytes];
        return CryptographicOperations.FixedTimeEquals(bytes[IdBytes..], Sign(id)) ? new Guid(id, bigEndian: true) : null;
    }

    private byte[] Sign(ReadOnlySpan<byte> id) => HMACSHA256.HashData(_secret, id);
}
