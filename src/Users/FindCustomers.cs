using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Staff look at shoppers' accounts: all, in the order in which they came, or the one with an e-mail address; or one by its id.</summary>
public static class FindCustomers
{
    public static async Task<IResult> Handle(string? email, PageRequest page, HttpResponse response, Database database, CancellationToken stop)
    {
        if (new Validation().Optional("email", email, 254).Problem is { } invalid) return invalid;
        response.Headers.CacheControl = "no-store";
        var arguments = new { after = page.CursorId() ?? Guid.Empty, key = email is null ? null : EmailAddress.Key(email), most = page.Limit + 1 };
        var rows = await Account.List(database, "roles = 'customer' AND id > @after" + (email is null ? "" : " AND email_key = @key"), arguments, stop);
        return Results.Ok(page.Answer(rows, Profile.Of, account => [account.Id.ToString()]));
    }

    public static async Task<IResult> One(Guid id, HttpResponse response, Database database, CancellationToken stop)
    {
        response.Headers.CacheControl = "no-store";
        return await Account.Find(database, id, stop) is { IsStaff: false } account ? Results.Ok(Profile.Of(account)) : Problem.NotFound("There is no such customer.");
    }
}
