using System.Text.Json;

namespace Stoa.Backoffice;

/// <summary>Customers' and staff's accounts, as staff see and change them.</summary>
public sealed class PeopleApi(ApiCaller caller)
{
    private const int Shown = 50;

    /// <param name="text">An address where there is an @, else a part of a name; empty for all.</param>
    public Task<ApiAnswer<ListPage<Account>>> Customers(string text, string? cursor, CancellationToken stop) => caller.Get<ListPage<Account>>(
        $"/api/customers?limit={Shown}" + (text.Length == 0 ? "" : (text.Contains('@', StringComparison.Ordinal) ? "&email=" : "&name=") + Uri.EscapeDataString(text)) + After(cursor), stop);

    public Task<ApiAnswer<Account>> Customer(Guid id, CancellationToken stop) => caller.Get<Account>($"/api/customers/{id}", stop);

    public Task<ApiAnswer<ListPage<Order>>> OrdersOf(Guid id, CancellationToken stop) => caller.Get<ListPage<Order>>($"/api/orders?limit=20&buyerId={id}", stop);

    /// <param name="verb">"lock" or "unlock".</param>
    public Task<ApiAnswer<Account>> ChangeCustomer(Guid id, string verb, CancellationToken stop) => caller.Post<Account>($"/api/customers/{id}/{verb}", new { }, stop);

    public Task<ApiAnswer<object>> EraseCustomer(Guid id, CancellationToken stop) => caller.Delete($"/api/customers/{id}", stop);

    public Task<ApiAnswer<ListPage<Account>>> Staff(CancellationToken stop) => caller.Get<ListPage<Account>>("/api/staff?limit=100", stop);

    public Task<ApiAnswer<Account>> Member(Guid id, CancellationToken stop) => caller.Get<Account>($"/api/staff/{id}", stop);

    public Task<ApiAnswer<Account>> Invite(string name, string email, string[] roles, CancellationToken stop) => caller.Post<Account>("/api/staff", new { name, email, roles }, stop);

    public Task<ApiAnswer<Account>> ChangeRoles(Guid id, string[] roles, CancellationToken stop) => caller.Put<Account>($"/api/staff/{id}/roles", new { roles }, stop);

    /// <param name="verb">"lock", "unlock" or "password-link".</param>
    public Task<ApiAnswer<Account>> ChangeMember(Guid id, string verb, CancellationToken stop) => caller.Post<Account>($"/api/staff/{id}/{verb}", new { }, stop);

    public Task<ApiAnswer<object>> EraseMember(Guid id, CancellationToken stop) => caller.Delete($"/api/staff/{id}", stop);

    /// <summary>What staff did to an account, newest first; a page can do without.</summary>
    public async Task<Change[]?> Changes(Guid id, CancellationToken stop) =>
        (await caller.Glance<ListPage<Change>>($"/api/staff/changes?limit=50&accountId={id}", stop)).Value?.Items;

    /// <summary>Whoever was invited chooses a password.</summary>
    public Task<ApiAnswer<object>> Accept(string token, string password, CancellationToken stop) =>
        caller.Post<object>("/api/staff/invitations/complete", new { token, password }, stop);

    private static string After(string? cursor) => cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor);
}

/// <summary>A customer's or a member of staff's account.</summary>
public sealed record Account(
    Guid Id, string Name, string Email, bool EmailConfirmed, string[] Roles, DateTimeOffset CreatedAt, DateTimeOffset? LockedAt, bool Invited)
{
    public bool IsAdmin => Roles.Contains("admin");
}

/// <summary>What was done, as the service that did it keeps it.</summary>
/// <param name="By">Null: the store itself.</param>
public sealed record Change(Guid? By, DateTimeOffset At, string Action, JsonElement? Before, JsonElement? After);
