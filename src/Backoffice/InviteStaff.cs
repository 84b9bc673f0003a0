namespace Stoa.Backoffice;

/// <summary>Asks somebody to be staff: they are mailed a link to choose a password.</summary>
public static class InviteStaff
{
    public static async Task<IResult> Handle(IFormCollection form, PeopleApi people, CancellationToken stop)
    {
        var typed = new ShowStaff.Invitation(form["name"].ToString().Trim(), form["email"].ToString().Trim(), form["role"] == "admin");
        return await people.Invite(typed.Name, typed.Email, Staff.Roles(typed.AsAdmin), stop) switch
        {
            { Ok: true } => Show.Next(Office.Path + "/staff?done=invited"),
            ({ IsDown: true } or { Status: 401 }) and var down => throw new PartDownException("Inviting", down.Status),
            var answer => await ShowStaff.Page(typed, null, answer.Refusal, people, stop, answer.Status),
        };
    }
}
