using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>Opens the back office for staff. Whoever is none gets no session here.</summary>
public static class LogIn
{
    public static IResult Form(string? returnUrl, string? ended, string? welcome, HttpContext context) => Staff.Is(context.User)
        ? Show.Next(Office.Local(returnUrl))
        : Show.Page<LogInPage>(new { ReturnUrl = Office.Local(returnUrl), Ended = ended is not null, Welcome = welcome is not null });

    public static async Task<IResult> Handle(IFormCollection form, OfficeApi api, Session session, CancellationToken stop)
    {
        var (email, password, returnUrl) = (form["email"].ToString().Trim(), form["password"].ToString(), Office.Local(form["returnUrl"]));
        var answer = await api.LogIn(email, password, stop);
        if (answer is { Ok: true, Value: { } tokens })
        {
            session.End();
            session.Keep(tokens);
            if (Staff.Are(tokens.User?.Roles)) return Show.Next(returnUrl);
            await api.LogOut(stop);
            session.End();
        }

        return Show.Page<LogInPage>(new { ReturnUrl = returnUrl, Email = email, Error = Explain(answer) }, answer.Ok ? 403 : answer.Status);
    }

    private static string Explain(ApiAnswer<Tokens> answer) => answer switch
    {
        { Ok: true } => "This is the door for staff. Your account is a shopper's: the shop is at the front.",
        { Code: "account_locked" } => "Too many tries. For safety this account rests for a few minutes; then try again.",
        { Code: "account_locked_by_staff" } => "This account is locked. Ask an admin to open it again.",
        { Code: "login_failed" or "validation" or "malformed" } => "That e-mail address and password do not go together. Check both and try again.",
        _ => throw new PartDownException("Logging in", answer.Status),
    };
}
