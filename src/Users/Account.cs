using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>A user's row.</summary>
/// <param name="LockedAt">Since when staff keep its owner out; null when they do not.</param>
public sealed record Account(
    Guid Id, string Name, string Email, string PasswordHash, string Roles, DateTimeOffset CreatedAt, bool EmailConfirmed, DateTimeOffset? LockedAt = null)
{
    private const string Columns = "SELECT id, name, email, password_hash, roles, created_at, email_confirmed, locked_at FROM users ";

    public bool IsLocked => LockedAt is not null;

    /// <summary>Asked to be staff, and no password chosen yet: nobody can log in.</summary>
    public bool IsInvited => PasswordHash.Length == 0;

    public string[] RoleNames => Roles.Split(' ');

    public bool IsStaff => Roles != "customer";

    /// <summary>Whether its owner can act as an admin.</summary>
    public bool CanAdminister => RoleNames.Contains("admin") && !IsLocked && !IsInvited;

    /// <summary>Null when nobody has that id, or has it no more.</summary>
    public static Task<Account?> Find(Sql sql, Guid id, CancellationToken stop = default) =>
        sql.Find<Account>(Columns + "WHERE id = @id", new { id }, stop);

    /// <summary>Null when nobody has that address.</summary>
    public static Task<Account?> Find(Sql sql, string email, CancellationToken stop = default) =>
        sql.Find<Account>(Columns + "WHERE email_key = @key", new { key = EmailAddress.Key(email) }, stop);

    /// <summary>The same, with its row locked until the transaction ends.</summary>
    public static Task<Account?> Take(Transaction tx, Guid id) => tx.Find<Account>(Columns + "WHERE id = @id" + tx.Lock, new { id });

    /// <summary>A name as it is searched for.</summary>
    public static string NameKey(string name) => name.Trim().ToLowerInvariant();

    /// <param name="condition">Which, with <c>@most</c> among its arguments: how many.</param>
    public static Task<List<Account>> List(Database database, string condition, object arguments, CancellationToken stop) =>
        database.Query<Account>($"{Columns}WHERE {condition} ORDER BY id LIMIT @most", arguments, stop);

    /// <returns>Whether it was added; not when somebody has the address.</returns>
    public static async Task<bool> Add(Account account, Transaction tx) => await tx.Execute("""
        INSERT INTO users (id, name, name_key, email, email_key, password_hash, roles, created_at, email_confirmed)
        VALUES (@Id, @Name, @NameKey, @Email, @Key, @PasswordHash, @Roles, @CreatedAt, @EmailConfirmed) ON CONFLICT DO NOTHING
        """, new
    {
        account.Id,
        account.Name,
        NameKey = NameKey(account.Name),
        account.Email,
        Key = EmailAddress.Key(account.Email),
        account.PasswordHash,
        account.Roles,
        account.CreatedAt,
        account.EmailConfirmed,
    }) == 1;
}
