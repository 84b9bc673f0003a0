using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>Who is staff, and a form to invite somebody. For admins.</summary>
public static class ShowStaff
{
    public static Task<IResult> Handle(string? done, PeopleApi people, CancellationToken stop) => Page(new Invitation(), done, null, people, stop);

    /// <param name="typed">What the page's form held.</param>
    /// <param name="refused">Why it was not done.</param>
    /// <param name="status">The refusal's.</param>
    public static async Task<IResult> Page(Invitation typed, string? done, Refusal? refused, PeopleApi people, CancellationToken stop, int status = 200)
    {
        var staff = (await people.Staff(stop)).Needed("The list of staff");
        return Show.Page<StaffPage>(new { Staff = staff.Items, Typed = typed, Done = done, Refused = refused }, status);
    }

    public sealed record Invitation(string Name = "", string Email = "", bool AsAdmin = false);
}
