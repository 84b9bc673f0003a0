namespace Stoa.Backoffice;

/// <summary>Keeps a customer out, and lets them in again.</summary>
public static class LockCustomer
{
    public static Task<IResult> Lock(Guid id, PeopleApi people, OfficeApi api, CancellationToken stop) => Change(id, "lock", people, api, stop);

    public static Task<IResult> Unlock(Guid id, PeopleApi people, OfficeApi api, CancellationToken stop) => Change(id, "unlock", people, api, stop);

    private static async Task<IResult> Change(Guid id, string verb, PeopleApi people, OfficeApi api, CancellationToken stop) => await people.ChangeCustomer(id, verb, stop) switch
    {
        { Ok: true } => Show.Next($"{ShowCustomer.Link(id)}?done={verb}ed"),
        { Status: 404 } => Show.NotFound(),
        ({ IsDown: true } or { Status: 401 }) and var down => throw new PartDownException("This customer", down.Status),
        var answer => await ShowCustomer.Page(id, null, answer.Refusal, people, api, stop, answer.Status),
    };
}
