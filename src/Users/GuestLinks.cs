using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>What a user owned as a guest stays the user's (I4): access tokens name those guests, and whoever checks
/// ownership looks at them too.</summary>
public static class GuestLinks
{
    private const int MostInAToken = 20; // the latest: a token travels with every request

    /// <summary>Links a guest to a user; again changes nothing.</summary>
    /// <returns>False when the guest is another user's already.</returns>
    public static async Task<bool> Add(Transaction tx, Guid userId, Guid guestId)
    {
        var added = await tx.Execute("""
            INSERT INTO user_guests (guest_id, user_id, linked_at) VALUES (@guestId, @userId, @Now) ON CONFLICT DO NOTHING
            """, new { guestId, userId, tx.Now });
        if (added == 1)
        {
            tx.Append(new GuestLinked(userId, guestId));
            return true;
        }

        return userId == await tx.Scalar<Guid>("SELECT user_id FROM user_guests WHERE guest_id = @guestId", new { guestId });
    }

    /// <summary>The guests that a user's token names, the latest first.</summary>
    public static Task<List<Guid>> Of(Sql sql, Guid userId) => sql.Query<Guid>("""
        SELECT guest_id FROM user_guests WHERE user_id = @userId ORDER BY linked_at DESC, guest_id DESC LIMIT @MostInAToken
        """, new { userId, MostInAToken });

    /// <summary>422: what was sent is no guest's token, or ended more than 30 days ago.</summary>
    public static ProblemHttpResult NotAGuests() => Refused("must be a guest's access token");

    /// <summary>422: that guest signed up or logged in before, as somebody else.</summary>
    public static ProblemHttpResult Anothers() => Refused("belongs to another account already: leave it out");

    private static ProblemHttpResult Refused(string message) => new Validation().Require(false, "guestToken", message).Problem!;
}
