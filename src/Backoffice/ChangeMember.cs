namespace Stoa.Backoffice;

/// <summary>What an admin does to a member of staff's account: roles, lock, a link for a new password, and its end.</summary>
public static class ChangeMember
{
    public static async Task<IResult> Roles(Guid id, IFormCollection form, PeopleApi people, OfficeApi api, CancellationToken stop) =>
        await After(id, "roles", await people.ChangeRoles(id, Staff.Roles(form["role"] == "admin"), stop), people, api, stop);

    public static async Task<IResult> Lock(Guid id, PeopleApi people, OfficeApi api, CancellationToken stop) =>
        await After(id, "locked", await people.ChangeMember(id, "lock", stop), people, api, stop);

    public static async Task<IResult> Unlock(Guid id, PeopleApi people, OfficeApi api, CancellationToken stop) =>
        await After(id, "unlocked", await people.ChangeMember(id, "unlock", stop), people, api, stop);

    public static async Task<IResult> MailLink(Guid id, PeopleApi people, OfficeApi api, CancellationToken stop) =>
        await After(id, "mailed", await people.ChangeMember(id, "password-link", stop), people, api, stop);

    public static async Task<IResult> Erase(Guid id, PeopleApi people, OfficeApi api, CancellationToken stop)
    {
        var answer = await people.EraseMember(id, stop);
        return answer.Ok ? Show.Next(Office.Path + "/staff?done=erased") : await After(id, "", answer, people, api, stop);
    }

    private static async Task<IResult> After<T>(Guid id, string done, ApiAnswer<T> answer, PeopleApi people, OfficeApi api, CancellationToken stop) where T : class => answer switch
    {
        { Ok: true } => Show.Next($"{ShowMember.Link(id)}?done={done}"),
        { Status: 404 } => Show.NotFound(),
        { Code: "too_many_requests" } => await ShowMember.Page(id, null, answer.Refusal, people, api, stop, 429),
        { IsDown: true } or { Status: 401 } => throw new PartDownException("This account", answer.Status),
        _ => await ShowMember.Page(id, null, answer.Refusal, people, api, stop, answer.Status),
    };
}
