using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>Changes the e-mail address or the password, for whoever knows the present one.</summary>
public static class ChangeAccess
{
    private static Dictionary<string, string> Labels => new()
    {
        ["email"] = Texts.FieldEmail,
        ["password"] = Texts.FieldNewPassword,
        ["currentPassword"] = Texts.FieldCurrentPassword,
    };

    public static async Task<IResult> Handle(IFormCollection form, ShopApi api, Session session, CancellationToken stop)
    {
        if (!session.IsSignedIn) return Show.Next("/login?returnUrl=/account");
        var (email, password) = (form["email"].ToString().Trim(), form["password"].ToString());
        var answer = await api.ChangeAccess(email, password.Length == 0 ? null : password, form["currentPassword"].ToString(), stop);
        return answer.Ok
            ? Show.Next("/account?saved=yes")
            : await ShowAccount.View(api, new AccountPage.Outcome(Email: email, Errors: Explain(answer)), answer.Status, stop);
    }

    private static Dictionary<string, string> Explain(ApiAnswer<User> answer) => answer switch
    {
        { Code: "email_taken" } => new() { ["email"] = Texts.EmailTaken },
        { Code: "account_locked" } => new() { ["currentPassword"] = Texts.AccountRests },
        { Code: "validation" } => Objections.Of(answer.Refusal, Labels),
        _ => throw new PartDownException(Texts.YourAccount, answer.Status),
    };
}
