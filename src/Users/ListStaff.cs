using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Who is staff, in the order in which they came: the names behind what was done.</summary>
public static class ListStaff
{
    public static async Task<Page<Profile>> Handle(PageRequest page, HttpResponse response, Database database, CancellationToken stop)
    {
        response.Headers.CacheControl = "no-store";
        var rows = await Account.List(database, "roles <> 'customer' AND id > @after", new { after = page.CursorId() ?? Guid.Empty, most = page.Limit + 1 }, stop);
        return page.Answer(rows, Profile.Of, account => [account.Id.ToString()]);
    }
}
