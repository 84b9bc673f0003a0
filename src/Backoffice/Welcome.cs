using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>Lets whoever was invited to be staff choose a password, by the link in the mail.</summary>
public static class Welcome
{
    public static IResult Form(string? token) => Page(token);

    public static async Task<IResult> Handle(IFormCollection form, PeopleApi people, Session session, CancellationToken stop)
    {
        var token = form["token"].ToString();
        var answer = await people.Accept(token, form["password"].ToString(), stop);
        if (answer.Code is "invitation_token_invalid" or "malformed") return Page(token, hasEnded: true, status: 400);
        if (answer.Code is "validation") return Page(token, Say(answer.Refusal), status: 422);
        if (!answer.Ok) throw new PartDownException("Choosing a password", answer.Status);
        session.End(); // this browser's may be another's
        return Show.Next(Office.Path + "/login?welcome=yes");
    }

    private static string? Say(Refusal refusal) => refusal.Errors?.GetValueOrDefault("password") is [var why, ..] ? $"The password {why}." : null;

    private static IResult Page(string? token, string? error = null, bool hasEnded = false, int status = 200) =>
        Show.Page<WelcomePage>(new { Token = token ?? "", Error = error, HasEnded = hasEnded || string.IsNullOrEmpty(token) }, status);
}
