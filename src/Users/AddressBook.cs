using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>An address in a user's book.</summary>
/// <param name="IsDefault">The one to offer first; at most one of a book is.</param>
public sealed record SavedAddress(
    Guid Id, string Name, string Line1, string? Line2, string City, string? Region, string PostalCode, string Country, bool IsDefault);

/// <summary>The rows of address books, for the features that write them.</summary>
internal static class AddressBook
{
    /// <summary>In one book: whoever sends to more places keeps a list elsewhere.</summary>
    public const int Most = 20;

    private const string Columns = "SELECT id, name, line1, line2, city, region, postal_code, country, is_default FROM addresses ";

    /// <param name="sql">The database or a transaction.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="before">Those that came before this one.</param>
    /// <param name="most">How many.</param>
    /// <returns>The latest first.</returns>
    public static Task<List<SavedAddress>> Of(Sql sql, Guid userId, Guid? before = null, int most = Most, CancellationToken stop = default) =>
        sql.Query<SavedAddress>(Columns + "WHERE user_id = @userId" + (before is null ? "" : " AND id < @before") + " ORDER BY id DESC LIMIT @most", new { userId, before, most }, stop);

    public static Task<SavedAddress?> Find(Sql sql, Guid userId, Guid id, CancellationToken stop = default) =>
        sql.Find<SavedAddress>(Columns + "WHERE user_id = @userId AND id = @id", new { userId, id }, stop);

    /// <summary>Locks the book by its owner's row: what is decided over the whole of it stays true, and nothing is
    /// added to an account that is being erased.</summary>
    /// <returns>False when the account is gone.</returns>
    public static async Task<bool> Lock(Transaction tx, Guid userId) =>
        await tx.Find<string>("SELECT 'there' FROM users WHERE id = @userId" + tx.Lock, new { userId }) is not null;

    /// <summary>A new default takes the place of the one before.</summary>
    public static async Task Save(Transaction tx, Guid userId, SavedAddress address)
    {
        if (address.IsDefault) await tx.Execute("UPDATE addresses SET is_default = FALSE WHERE user_id = @userId AND is_default", new { userId });
        await tx.Execute("""
            INSERT INTO addresses (id, user_id, name, line1, line2, city, region, postal_code, country, is_default)
            VALUES (@Id, @userId, @Name, @Line1, @Line2, @City, @Region, @PostalCode, @Country, @IsDefault)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, line1 = excluded.line1, line2 = excluded.line2, city = excluded.city,
                region = excluded.region, postal_code = excluded.postal_code, country = excluded.country, is_default = excluded.is_default
            """, new
        {
            address.Id,
            userId,
            address.Name,
            address.Line1,
            address.Line2,
            address.City,
            address.Region,
            address.PostalCode,
            address.Country,
            address.IsDefault,
        });
    }

    public static Task Erase(Transaction tx, Guid userId) => tx.Execute("DELETE FROM addresses WHERE user_id = @userId", new { userId });

    public static IResult NotThere() => Problem.NotFound("There is no such address in your book.");
}
