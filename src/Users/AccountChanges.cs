using System.Text.Json;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>What staff do to accounts, and the record of it: who, when, what, before and after. Of a person it holds no more
/// than the id, so that it outlives an erasure.</summary>
public static class AccountChanges
{
    /// <param name="Id">The record's.</param>
    /// <param name="AccountId">Whose account.</param>
    /// <param name="By">The member of staff; whoever took up an invitation, for that.</param>
    /// <param name="At">When.</param>
    /// <param name="Action">What was done.</param>
    /// <param name="Before">How it stood; null when it was made.</param>
    /// <param name="After">How it stood then; null when it was erased.</param>
    public sealed record View(Guid Id, Guid AccountId, Guid By, DateTimeOffset At, string Action, JsonElement? Before, JsonElement? After);

    /// <summary>Staff see what was done, newest first: to all accounts or to one.</summary>
    public static async Task<Page<View>> List(Guid? accountId, PageRequest page, Database database, CancellationToken stop)
    {
        var before = page.CursorId();
        string[] filters = [accountId is null ? "TRUE" : "account_id = @accountId", before is null ? "TRUE" : "id < @before"];
        var rows = await database.Query<Row>($"""
            SELECT id, account_id, actor_id, at, action, before, after FROM account_changes
            WHERE {string.Join(" AND ", filters)} ORDER BY id DESC LIMIT @most
            """, new { accountId, before, most = page.Limit + 1 }, stop);
        return page.Answer(rows, row => new View(row.Id, row.AccountId, row.ActorId, row.At, row.Action, Read(row.Before), Read(row.After)), row => [row.Id.ToString()]);
    }

    /// <summary>Changes an account's roles or its lock, and records it. What is so already is left alone.</summary>
    /// <param name="database">Where.</param>
    /// <param name="wish">Who wants what.</param>
    /// <param name="change">The account as it is to be.</param>
    /// <returns>200 with the account; 404; 409 <c>last_admin</c>.</returns>
    public static Task<IResult> Make(Database database, Wish wish, Func<Account, DateTimeOffset, Account> change) => database.Write(async tx =>
    {
        if (await Take(tx, wish) is not { } read) return Problem.NotFound();
        var changed = change(read, tx.Now);
        if (changed == read) return Results.Ok(AccountView.Of(read));
        if (await LosesLastAdmin(tx, read, changed)) return LastAdmin();
        await tx.Expect("the account", "UPDATE users SET roles = @Roles, locked_at = @LockedAt WHERE id = @Id", new { changed.Roles, changed.LockedAt, changed.Id });
        if (changed.IsLocked) await RefreshTokens.RevokeAll(tx, read.Id, except: null);
        await Record(tx, wish, read, changed);
        return (IResult)Results.Ok(AccountView.Of(changed));
    });

    /// <summary>The account that is meant, with its row locked; null when it is none of that kind.</summary>
    public static async Task<Account?> Take(Transaction tx, Wish wish)
    {
        if (wish.OfStaff) await tx.LockName("admins"); // so that two admins who unmake each other take turns
        return await Account.Take(tx, wish.AccountId) is { } account && account.IsStaff == wish.OfStaff ? account : null;
    }

    /// <summary>Whether nobody could name an admin any more.</summary>
    /// <param name="changed">Null: it is erased.</param>
    public static async Task<bool> LosesLastAdmin(Transaction tx, Account read, Account? changed) =>
        read.CanAdminister && changed is not { CanAdminister: true } && await tx.Scalar<int>("""
            SELECT COUNT(*) FROM users WHERE id <> @Id AND roles LIKE 'admin%' AND locked_at IS NULL AND password_hash <> ''
            """, new { read.Id }) == 0;

    /// <summary>409.</summary>
    public static IResult LastAdmin() => Problem.Of(409, "last_admin", "Nobody else who can log in is an admin. Make another first.");

    /// <summary>Writes down what is done, in the transaction that does it.</summary>
    public static Task Record(Transaction tx, Wish wish, Account? before, Account? after) => tx.Execute("""
        INSERT INTO account_changes (id, account_id, actor_id, at, action, before, after)
        VALUES (@RecordId, @AccountId, @By, @Now, @Action, @before, @after)
        """, new { wish.RecordId, wish.AccountId, wish.By, tx.Now, wish.Action, before = Facts(before), after = Facts(after) });

    private static string? Facts(Account? account) =>
        account is null ? null : Json.Write(new { Roles = account.RoleNames, Locked = account.IsLocked, Invited = account.IsInvited });

    private static JsonElement? Read(string? facts) => facts is null ? null : Json.Read<JsonElement>(facts);

    /// <summary>Who wants what done to whose account.</summary>
    /// <param name="RecordId">The record's id.</param>
    /// <param name="AccountId">Whose.</param>
    /// <param name="OfStaff">Whether a member of staff's is meant, or a customer's.</param>
    /// <param name="By">Who.</param>
    /// <param name="Action">What.</param>
    public sealed record Wish(Guid RecordId, Guid AccountId, bool OfStaff, Guid By, string Action);

    private sealed record Row(Guid Id, Guid AccountId, Guid ActorId, DateTimeOffset At, string Action, string? Before, string? After);
}
