using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Links that reach nobody but whoever reads an address's mail:
/// <list type="number">
/// <item>one is asked for, whether or not anybody has the address: the row, the event and the time they take are the same;</item>
/// <item>when the mail is written, Notifications asks for a token, which is stored as a SHA-256 and serves for an hour, one
/// that invites staff for a week;</item>
/// <item>the first use of any of its tokens ends the link, and so does a newer one for the same address.</item>
/// </list></summary>
public static class MailedLinks
{
    public const string PasswordReset = "password_reset";
    public const string EmailConfirmation = "email_confirmation";
    public const string StaffInvitation = "staff_invitation";

    private static readonly TimeSpan Asked = TimeSpan.FromHours(1);
    private static readonly TimeSpan AnInvitation = TimeSpan.FromDays(7);

    private const int MostInAnHour = 3; // for an address: whoever asks, its owner gets the mails

    /// <summary>How long a token serves; also how long after the asking one is made. Whoever is invited did not ask, and may
    /// not look into the mail that day.</summary>
    public static TimeSpan Lives(string purpose) => purpose == StaffInvitation ? AnInvitation : Asked;

    /// <summary>Notes that somebody asks for a link to an address.</summary>
    /// <returns>How long to wait when it was asked for too often: nothing is noted then. Else null.</returns>
    public static async Task<TimeSpan?> Ask(Transaction tx, Guid id, string purpose, string email, Language language)
    {
        var address = EmailAddress.Hash(email);
        await tx.LockName($"{purpose} {address}");
        var earlier = await tx.Query<DateTimeOffset>("""
            SELECT asked_at FROM mailed_links WHERE address = @address AND purpose = @purpose AND asked_at > @since ORDER BY asked_at
            """, new { address, purpose, since = tx.Now - Asked });
        if (earlier.Count >= MostInAnHour) return earlier[0] + Asked - tx.Now;
        await tx.Execute("UPDATE mailed_links SET is_open = FALSE WHERE address = @address AND purpose = @purpose AND is_open", new { address, purpose });
        await tx.Execute("""
            INSERT INTO mailed_links (id, purpose, address, user_id, language, asked_at, is_open)
            VALUES (@id, @purpose, @address, (SELECT id FROM users WHERE email_key = @key), @Code, @Now, TRUE)
            """, new { id, purpose, address, key = EmailAddress.Key(email), language.Code, tx.Now });
        return null;
    }

    /// <summary>Whose account an open link is for, with the link's row locked.</summary>
    /// <returns>Null when nobody's: unknown address, ended, erased, or the account has another address by now.</returns>
    public static async Task<(Account Account, Link Link)?> Find(Transaction tx, Guid id)
    {
        var link = await tx.Find<Link>("SELECT id, purpose, address, user_id, language, asked_at FROM mailed_links WHERE id = @id AND is_open" + tx.Lock, new { id });
        if (link?.UserId is not { } userId || await Account.Find(tx, userId) is not { } account) return null;
        return EmailAddress.Hash(account.Email) == link.Address ? (account, link) : null;
    }

    /// <summary>Uses a token up, and the link with it.</summary>
    /// <returns>Whose account it is; null when the token is none, has ended or was used.</returns>
    public static async Task<Account?> Use(Transaction tx, string purpose, byte[] token)
    {
        if (await LinkOf(tx, purpose, token, tx.Now) is not { } id || await Find(tx, id) is not { } found) return null;
        if (purpose == StaffInvitation && !found.Account.IsInvited) return null; // the password was chosen another way
        await tx.Expect("the link", "UPDATE mailed_links SET is_open = FALSE WHERE id = @id AND is_open", new { id });
        return found.Account;
    }

    /// <summary>The open link that a token belongs to; null for any that serves no more.</summary>
    public static Task<Guid?> LinkOf(Sql sql, string purpose, byte[] token, DateTimeOffset now) => sql.Find<Guid?>("""
        SELECT l.id FROM mailed_tokens t JOIN mailed_links l ON l.id = t.link_id
        WHERE t.hash = @hash AND t.expires_at > @now AND l.purpose = @purpose AND l.is_open
        """, new { hash = OpaqueToken.Hash(token), now, purpose });

    /// <summary>With the account: nothing of it stays.</summary>
    public static async Task Erase(Transaction tx, Guid userId)
    {
        await tx.Execute("DELETE FROM mailed_tokens WHERE link_id IN (SELECT id FROM mailed_links WHERE user_id = @userId)", new { userId });
        await tx.Execute("DELETE FROM mailed_links WHERE user_id = @userId", new { userId });
    }

    /// <summary>Links whose last token has ended.</summary>
    public static async Task ForgetOld(Transaction tx)
    {
        await tx.Execute("DELETE FROM mailed_tokens WHERE expires_at < @Now", new { tx.Now });
        await tx.Execute("DELETE FROM mailed_links WHERE asked_at < @before AND (purpose <> @StaffInvitation OR asked_at < @longBefore)",
            new { StaffInvitation, before = tx.Now - (2 * Asked), longBefore = tx.Now - (2 * AnInvitation) });
    }

    /// <summary>A link that was asked for.</summary>
    public sealed record Link(Guid Id, string Purpose, string Address, Guid? UserId, string Language, DateTimeOffset AskedAt);
}
