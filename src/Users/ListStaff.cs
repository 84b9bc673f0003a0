using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Who is staff, in the order in which they came: the names behind what was done; or one by its id.</summary>
public static class ListStaff
{
    public static async Task<Page<AccountView>> Handle(PageRequest page, HttpResponse response, Database database, CancellationToken stop)
    {
        response.Headers.CacheControl = "no-store";
        var rows = await Account.List(database, "roles <> 'customer' AND id > @after", new { after = page.CursorId() ?? Guid.Empty, most = page.Limit + 1 }, stop);
        return page.Answer(rows, AccountView.Of, account => [account.Id.ToString()]);
    }

    public static async Task<IResult> One(Guid id, HttpResponse response, Database database, CancellationToken stop)
    {
        response.Headers.CacheControl = "no-store";
        return await Account.Find(database, id, stop) is { IsStaff: true } account ? Results.Ok(AccountView.Of(account)) : Problem.NotFound("Nobody on the staff has this id.");
    }
}
