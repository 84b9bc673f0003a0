using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>An admin says what a member of staff may do. It holds from the next access token on; the last admin stays one.</summary>
public static class ChangeRoles
{
    public sealed record Request(string[]? Roles);

    public static async Task<IResult> Handle(Guid id, Request request, Buyer admin, Database database, Entropy entropy)
    {
        if (new Validation().Roles(request.Roles).Problem is { } problem) return problem;
        var wish = new AccountChanges.Wish(entropy.NewId(), id, OfStaff: true, admin.Id, "change_roles");
        return await AccountChanges.Make(database, wish, (account, _) => account with { Roles = Stored(request.Roles!) });
    }

    /// <summary><c>staff</c>, <c>admin</c>, or both: an admin is staff too.</summary>
    public static Validation Roles(this Validation check, string[]? roles) => check.Require(
        roles is { Length: > 0 } && roles.Distinct().Count() == roles.Length && roles.All(role => role is "staff" or "admin"), "roles", "must name staff, admin or both");

    /// <summary>As they stand in an account's row.</summary>
    public static string Stored(string[] roles) => roles.Contains("admin") ? "admin staff" : "staff";
}
