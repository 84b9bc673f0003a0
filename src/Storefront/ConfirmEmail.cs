using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>Confirms an address for whoever came by the link in a mail. Only the button does it: mail programs follow links
/// by themselves, to look for harm.</summary>
public static class ConfirmEmail
{
    public static IResult Form(string? token) => Show.Page<ConfirmEmailPage>(new { Token = token ?? "" });

    public static async Task<IResult> Handle(IFormCollection form, ShopApi api, CancellationToken stop)
    {
        var answer = await api.ConfirmEmail(form["token"].ToString(), stop);
        if (answer.Code is "confirmation_token_invalid")
            return Show.Page<LinkEndedPage>(new { Text = Texts.ConfirmationLinkEnded, Next = "/account", NextLabel = Texts.ToYourAccount }, 400);
        if (!answer.Ok) throw new PartDownException(Texts.PartConfirming, answer.Status);
        return Show.Page<ConfirmEmailPage>(new { Token = "", Done = true });
    }
}
