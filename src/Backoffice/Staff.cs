using System.Security.Claims;

namespace Stoa.Backoffice;

/// <summary>Which roles open what here. The services check them again at every call.</summary>
public static class Staff
{
    public static bool Is(ClaimsPrincipal? user) => user is not null && (user.IsInRole("staff") || user.IsInRole("admin"));

    public static bool Are(IEnumerable<string>? roles) => roles?.Any(role => role is "staff" or "admin") is true;

    /// <summary>The roles as the API names them: an admin is staff too.</summary>
    public static string[] Roles(bool asAdmin) => asAdmin ? ["staff", "admin"] : ["staff"];
}
