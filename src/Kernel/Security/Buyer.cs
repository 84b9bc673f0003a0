using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Stoa.Kernel;

/// <summary>Who calls, as the access token says. Binds as a handler's parameter on routes that need a token.</summary>
/// <param name="Id">The user's id; for a guest the guest's.</param>
/// <param name="GuestIds">Guests that this user was before logging in; theirs is the user's too (I4).</param>
/// <param name="Roles">Of <c>guest</c>, <c>customer</c>, <c>staff</c>, <c>admin</c>.</param>
public sealed record Buyer(Guid Id, IReadOnlyList<Guid> GuestIds, IReadOnlySet<string> Roles)
{
    /// <summary>Nobody: on a public route without a token.</summary>
    public static Buyer Nobody { get; } = new(Guid.Empty, [], new HashSet<string>(StringComparer.Ordinal));

    /// <summary>Not signed in.</summary>
    public bool IsGuest => Roles.Contains("guest");

    /// <summary>Staff or admin.</summary>
    public bool IsStaff => Roles.Contains("staff") || Roles.Contains("admin");

    /// <summary>The user's own id and the guests', for <c>owner IN @Ids</c>.</summary>
    public Guid[] Ids => [Id, .. GuestIds];

    /// <summary>Whether something of that owner is this buyer's.</summary>
    public bool Owns(Guid owner) => owner == Id || GuestIds.Contains(owner);

    /// <summary>Reads the token's claims.</summary>
    public static ValueTask<Buyer?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult<Buyer?>(context.User.Identity is { IsAuthenticated: true } ? Of(context.User) : Nobody);
    }

    internal static Buyer Of(ClaimsPrincipal user) => new(
        Guid.Parse(user.FindFirstValue(TokenClaims.Subject)!, CultureInfo.InvariantCulture),
        [.. user.FindAll(TokenClaims.Guests).Select(claim => Guid.Parse(claim.Value, CultureInfo.InvariantCulture))],
        user.FindAll(TokenClaims.Roles).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal));
}

/// <summary>What an access token says, and to whom (RFC 7519). No personal data.</summary>
public static class TokenClaims
{
    /// <summary>Who made it: Users.</summary>
    public const string Issuer = "stoa";
    /// <summary>For whom: every service of the store.</summary>
    public const string Audience = "stoa";
    /// <summary>The user's or guest's id.</summary>
    public const string Subject = "sub";
    /// <summary>An array of roles.</summary>
    public const string Roles = "roles";
    /// <summary>An array of guests' ids (I4).</summary>
    public const string Guests = "guests";
    /// <summary>The session's refresh-token family.</summary>
    public const string Session = "sid";
}
