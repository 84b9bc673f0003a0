using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>A user's row.</summary>
public sealed record Account(Guid Id, string Name, string Email, string PasswordHash, string Roles, DateTimeOffset CreatedAt, bool EmailConfirmed)
{
    private const string Columns = "SELECT id, name, email, password_hash, roles, created_at, email_confirmed FROM users ";

    public string[] RoleNames => Roles.Split(' ');

    public bool IsStaff => Roles != "customer";

    /// <summary>Null when nobody has that id, or has it no more.</summary>
    public static Task<Account?> Find(Sql sql, Guid id, CancellationToken stop = default) =>
        sql.Find<Account>(Columns + "WHERE id = @id", new { id }, stop);

    /// <summary>Null when nobody has that address.</summary>
    public static Task<Account?> Find(Sql sql, string email, CancellationToken stop = default) =>
        sql.Find<Account>(Columns + "WHERE email_key = @key", new { key = EmailAddress.Key(email) }, stop);

    /// <param name="condition">Which, with <c>@most</c> among its arguments: how many.</param>
    public static Task<List<Account>> List(Database database, string condition, object arguments, CancellationToken stop) =>
        database.Query<Account>($"{Columns}WHERE {condition} ORDER BY id LIMIT @most", arguments, stop);

    /// <returns>Whether it was added; not when somebody has the address.</returns>
    public static async Task<bool> Add(Account account, Transaction tx) => await tx.Execute("""
        INSERT INTO users (id, name, email, email_key, password_hash, roles, created_at, email_confirmed)
        VALUES (@Id, @Name, @Email, @Key, @PasswordHash, @Roles, @CreatedAt, @EmailConfirmed) ON CONFLICT DO NOTHING
        """, new
    {
        account.Id,
        account.Name,
        account.Email,
        Key = EmailAddress.Key(account.Email),
        account.PasswordHash,
        account.Roles,
        account.CreatedAt,
        account.EmailConfirmed,
    }) == 1;
}
