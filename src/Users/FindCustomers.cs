using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Staff look at shoppers' accounts: all, in the order in which they came, the one with an e-mail address, those
/// whose name holds some letters; or one by its id.</summary>
public static class FindCustomers
{
    public static async Task<IResult> Handle(string? email, string? name, PageRequest page, HttpResponse response, Database database, CancellationToken stop)
    {
        if (new Validation().Optional("email", email, 254).Optional("name", name, 100).Problem is { } invalid) return invalid;
        response.Headers.CacheControl = "no-store";
        string[] filters = ["roles = 'customer' AND id > @after", email is null ? "TRUE" : "email_key = @key", name is null ? "TRUE" : "name_key LIKE @part ESCAPE '!'"];
        var arguments = new { after = page.CursorId() ?? Guid.Empty, key = email is null ? null : EmailAddress.Key(email), part = Part(name), most = page.Limit + 1 };
        var rows = await Account.List(database, string.Join(" AND ", filters), arguments, stop);
        return Results.Ok(page.Answer(rows, AccountView.Of, account => [account.Id.ToString()]));
    }

    public static async Task<IResult> One(Guid id, HttpResponse response, Database database, CancellationToken stop)
    {
        response.Headers.CacheControl = "no-store";
        return await Account.Find(database, id, stop) is { IsStaff: false } account ? Results.Ok(AccountView.Of(account)) : Problem.NotFound("There is no such customer.");
    }

    private static string Part(string? name) =>
        "%" + Account.NameKey(name ?? "").Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal) + "%";
}
