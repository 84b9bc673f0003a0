using System.Security.Cryptography;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Refresh tokens: 256 random bits, kept as a SHA-256 only, replaced at each use, a family per session (C3).
/// <list type="number">
/// <item>A replaced token comes back because an answer was lost or two tabs asked at once: for 30 seconds, while its
/// successor is unused, it gets <em>the same</em> successor again.</item>
/// <item>Later than that somebody copied it: the family is revoked, for nobody can tell the thief from the owner.</item>
/// </list>
/// The successor is HMAC-SHA256 of the old token over a stored salt: whoever shows the token can be told it again, while
/// the database alone tells nothing.</summary>
public static class RefreshTokens
{
    private static readonly TimeSpan FamilyLives = TimeSpan.FromDays(30);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>A token in its family.</summary>
    public sealed record Issued(Guid SessionId, Guid OwnerId, bool IsGuest, string Token);

    /// <summary>Starts a family.</summary>
    public static async Task<Issued> Begin(Transaction tx, Entropy entropy, Guid ownerId, bool isGuest)
    {
        var (sessionId, token) = (entropy.NewId(), entropy.Bytes(OpaqueToken.Bytes));
        await tx.Execute("INSERT INTO sessions (id, owner_id, is_guest, expires_at) VALUES (@sessionId, @ownerId, @isGuest, @until)",
            new { sessionId, ownerId, isGuest, until = tx.Now + FamilyLives });
        return await Issue(tx, new Known(sessionId, ownerId, isGuest, default, null, null), token);
    }

    /// <summary>Changes a token for its successor.</summary>
    /// <returns>Null when it is unknown, ended, or was used before: then its family is revoked.</returns>
    public static async Task<Issued?> Renew(Transaction tx, Entropy entropy, byte[] token)
    {
        var hash = OpaqueToken.Hash(token);
        var known = await tx.Find<Known>("""
            SELECT s.id, s.owner_id, s.is_guest, s.expires_at, t.replaced_at, t.successor_salt
            FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id WHERE t.hash = @hash
            """ + tx.Lock, new { hash });
        if (known is null || known.ExpiresAt <= tx.Now) return null;
        if (known.ReplacedAt is null) return await Replace(tx, known, token, entropy.Bytes(32));

        var successor = Successor(token, Convert.FromBase64String(known.SuccessorSalt!));
        var unused = await tx.Find<string>("SELECT hash FROM refresh_tokens WHERE hash = @hash AND replaced_at IS NULL", new { hash = OpaqueToken.Hash(successor) }) is not null;
        if (unused && tx.Now - known.ReplacedAt <= Grace) return Show(known, successor);

        await Revoke(tx, known.Id);
        return null;
    }

    /// <summary>Ends a family. The session goes first: its row is what a renewal under way has locked.</summary>
    public static async Task Revoke(Transaction tx, Guid sessionId)
    {
        await tx.Execute("DELETE FROM sessions WHERE id = @sessionId", new { sessionId });
        await tx.Execute("DELETE FROM refresh_tokens WHERE session_id = @sessionId", new { sessionId });
    }

    /// <summary>Ends all families of an owner but one.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="ownerId">The user's id.</param>
    /// <param name="except">The session to keep; null for none.</param>
    public static async Task RevokeAll(Transaction tx, Guid ownerId, Guid? except)
    {
        foreach (var session in await tx.Query<Guid>("SELECT id FROM sessions WHERE owner_id = @ownerId" + tx.Lock, new { ownerId }))
        {
            if (session != except) await Revoke(tx, session);
        }
    }

    private static async Task<Issued> Replace(Transaction tx, Known known, byte[] token, byte[] salt)
    {
        await tx.Execute("UPDATE refresh_tokens SET replaced_at = @Now, successor_salt = @salt WHERE hash = @hash",
            new { tx.Now, salt = Convert.ToBase64String(salt), hash = OpaqueToken.Hash(token) });
        return await Issue(tx, known, Successor(token, salt));
    }

    private static async Task<Issued> Issue(Transaction tx, Known known, byte[] token)
    {
        await tx.Execute("INSERT INTO refresh_tokens (hash, session_id) VALUES (@hash, @Id)", new { hash = OpaqueToken.Hash(token), known.Id });
        return Show(known, token);
    }

    private static Issued Show(Known known, byte[] token) => new(known.Id, known.OwnerId, known.IsGuest, OpaqueToken.Text(token));

    private static byte[] Successor(byte[] token, byte[] salt) => HMACSHA256.HashData(token, salt);

    private sealed record Known(
        Guid Id, Guid OwnerId, bool IsGuest, DateTimeOffset ExpiresAt, DateTimeOffset? ReplacedAt, string? SuccessorSalt);
}
