using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>Changes the name we greet and address parcels with.</summary>
public static class RenameAccount
{
    public static async Task<IResult> Handle(IFormCollection form, ShopApi api, Session session, CancellationToken stop)
    {
        if (!session.IsSignedIn) return Show.Next("/login?returnUrl=/account");
        var answer = await api.Rename(form["name"].ToString().Trim(), stop);
        if (answer.Status is 422)
            return await ShowAccount.View(api, new AccountPage.Outcome(Errors: new() { ["name"] = Texts.NameOfLength }), 422, stop);
        session.Rename(answer.Needed(Texts.YourAccount).Name ?? "");
        return Show.Next("/account?saved=yes");
    }
}
