using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>A user as the user sees it.</summary>
public sealed record Profile(Guid Id, string Name, string Email, bool EmailConfirmed, string[] Roles, DateTimeOffset CreatedAt)
{
    public static Profile Of(Account account) => new(account.Id, account.Name, account.Email, account.EmailConfirmed, account.RoleNames, account.CreatedAt);
}

/// <summary>Shows a user's own profile.</summary>
public static class ShowProfile
{
    public static async Task<IResult> Handle(Buyer buyer, HttpResponse response, Database database, CancellationToken stop)
    {
        response.Headers.CacheControl = "no-store";
        return await Account.Find(database, buyer.Id, stop) is { } account ? Results.Ok(Profile.Of(account)) : Gone();
    }

    /// <summary>404: the account was erased, and the access token has not ended yet.</summary>
    public static IResult Gone() => Problem.NotFound("This account does not exist any more.");
}
