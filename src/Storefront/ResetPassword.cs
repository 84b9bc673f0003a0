using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>Lets whoever came by the link in a mail choose a new password. The session of this browser ends too: it may be
/// another's.</summary>
public static class ResetPassword
{
    private static Dictionary<string, string> Labels => new() { ["password"] = Texts.FieldPassword };

    public static IResult Form(string? token) =>
        string.IsNullOrEmpty(token) ? Show.Next("/forgotten-password") : Show.Page<ResetPasswordPage>(new { Token = token });

    public static async Task<IResult> Handle(IFormCollection form, ShopApi api, Session session, CancellationToken stop)
    {
        var token = form["token"].ToString();
        var answer = await api.CompletePasswordReset(token, form["password"].ToString(), stop);
        if (answer.Code is "reset_token_invalid") return Show.Next("/forgotten-password?ended=yes");
        if (answer.Code is "validation")
            return Show.Page<ResetPasswordPage>(new { Token = token, Error = Objections.Of(answer.Refusal, Labels).GetValueOrDefault("password") }, 422);
        if (!answer.Ok) throw new PartDownException(Texts.PartPassword, answer.Status);
        if (session.IsSignedIn) session.End();
        return Show.Next("/login?reset=yes&returnUrl=/account");
    }
}
