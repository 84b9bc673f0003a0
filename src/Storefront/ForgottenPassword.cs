using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>Asks for a mail with a link to choose a new password. The page says the same whether or not the address has an
/// account.</summary>
public static class ForgottenPassword
{
    public static IResult Form(string? ended) => Show.Page<ForgottenPasswordPage>(new { LinkEnded = ended is not null });

    public static async Task<IResult> Handle(IFormCollection form, ShopApi api, CancellationToken stop)
    {
        var email = form["email"].ToString().Trim();
        var answer = await api.AskPasswordReset(email, stop);
        return answer switch
        {
            { Ok: true } => Show.Page<MailSentPage>(new { Email = email }),
            { Code: "too_many_requests" } => Show.Page<MailSentPage>(new { Email = email, TooOften = true }, 429),
            { Code: "validation" or "malformed" } => Show.Page<ForgottenPasswordPage>(new { Email = email, Error = Texts.NoEmailAddress }, 422),
            _ => throw new PartDownException(Texts.PartPostRoom, answer.Status),
        };
    }
}
