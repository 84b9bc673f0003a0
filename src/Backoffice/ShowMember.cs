using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>One member of staff: what they may do, and what was done to the account. For admins.</summary>
public static class ShowMember
{
    public static string Link(Guid id) => $"{Office.Path}/staff/{id}";

    public static Task<IResult> Handle(Guid id, string? done, PeopleApi people, OfficeApi api, CancellationToken stop) => Page(id, done, null, people, api, stop);

    /// <param name="done">What was done.</param>
    /// <param name="refused">Why it was not.</param>
    /// <param name="status">The refusal's.</param>
    public static async Task<IResult> Page(Guid id, string? done, Refusal? refused, PeopleApi people, OfficeApi api, CancellationToken stop, int status = 200)
    {
        var (member, changes, staff) = (people.Member(id, stop), people.Changes(id, stop), api.Staff(stop));
        await Task.WhenAll(member, changes, staff);
        if ((await member).Status is 404) return Show.NotFound();
        return Show.Page<MemberPage>(new
        {
            Member = (await member).Needed("This account"),
            History = ChangeLog.Of(await changes, await staff),
            Done = done,
            Refused = refused,
        }, status);
    }
}
