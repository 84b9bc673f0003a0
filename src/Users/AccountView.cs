namespace Stoa.Users;

/// <summary>An account as staff see it.</summary>
/// <param name="Id">Its owner's id.</param>
/// <param name="Name">Its owner's name.</param>
/// <param name="Email">The address.</param>
/// <param name="EmailConfirmed">Whether somebody who reads the address's mail has said so.</param>
/// <param name="Roles"><c>customer</c>, or <c>staff</c> with or without <c>admin</c>.</param>
/// <param name="CreatedAt">When it was opened.</param>
/// <param name="LockedAt">Since when staff keep its owner out; null when they do not.</param>
/// <param name="Invited">Whether the invitation was not taken up yet.</param>
public sealed record AccountView(
    Guid Id, string Name, string Email, bool EmailConfirmed, string[] Roles, DateTimeOffset CreatedAt, DateTimeOffset? LockedAt, bool Invited)
{
    public static AccountView Of(Account account) => new(
        account.Id, account.Name, account.Email, account.EmailConfirmed, account.RoleNames, account.CreatedAt, account.LockedAt, account.IsInvited);
}
