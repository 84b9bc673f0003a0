using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>Opens an account and logs in; the guest's cart and orders belong to it from now on.</summary>
public static class SignUp
{
    public static IResult Form(string? returnUrl, Session session) =>
        session.IsSignedIn ? Show.Next(LocalUrl.Or(returnUrl, "/account")) : Show.Page<SignUpPage>(new { ReturnUrl = LocalUrl.Or(returnUrl) });

    public static async Task<IResult> Handle(IFormCollection form, ShopApi api, GuestCart guestCart, StartSession start, CancellationToken stop)
    {
        var (name, email, password) = (form["name"].ToString().Trim(), form["email"].ToString().Trim(), form["password"].ToString());
        var returnUrl = LocalUrl.Or(form["returnUrl"]);
        var answer = await StartSession.WithGuest(guestCart.Token, guest => api.SignUp(name, email, password, guest, stop));
        if (!answer.Ok)
            return Show.Page<SignUpPage>(new { ReturnUrl = returnUrl, Name = name, Email = email, Errors = Explain(answer) }, answer.Status);

        // The account stands. If logging in fails now, the log-in page is the place to go on.
        var login = await start.LoggedIn(email, password, stop);
        return Show.Next(login.Ok ? returnUrl : "/login?returnUrl=" + Uri.EscapeDataString(returnUrl));
    }

    private static Dictionary<string, string> Labels => new() { ["name"] = Texts.FieldYourName, ["email"] = Texts.FieldEmail, ["password"] = Texts.FieldPassword };

    private static Dictionary<string, string> Explain(ApiAnswer<User> answer) => answer switch
    {
        { Code: "email_taken" } => new() { ["email"] = Texts.EmailTakenLogIn },
        { Code: "validation" } => Objections.Of(answer.Refusal, Labels),
        _ => throw new PartDownException(Texts.PartSignUp, answer.Status),
    };
}
