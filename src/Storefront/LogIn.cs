using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>Logs a shopper in; cart and orders of the guest that they were come along.</summary>
public static class LogIn
{
    public static IResult Form(string? returnUrl, string? ended, string? reset, Session session) =>
        session.IsSignedIn ? Show.Next(LocalUrl.Or(returnUrl, "/account")) : Show.Page<LogInPage>(new { ReturnUrl = LocalUrl.Or(returnUrl), Ended = ended is not null, Reset = reset is not null });

    public static async Task<IResult> Handle(IFormCollection form, StartSession start, CancellationToken stop)
    {
        var (email, password, returnUrl) = (form["email"].ToString().Trim(), form["password"].ToString(), LocalUrl.Or(form["returnUrl"]));
        var answer = await start.LoggedIn(email, password, stop);
        if (answer.Ok) return Show.Next(returnUrl);
        return Show.Page<LogInPage>(new { ReturnUrl = returnUrl, Email = email, Error = Explain(answer) }, answer.Status);
    }

    private static string Explain(ApiAnswer<Tokens> answer) => answer switch
    {
        { Code: "account_locked" } => Texts.AccountRests,
        { Code: "account_locked_by_staff" } => Texts.AccountLocked,
        { Code: "login_failed" or "validation" or "malformed" } => Texts.LogInFailed,
        _ => throw new PartDownException(Texts.PartLogIn, answer.Status),
    };
}
