namespace Stoa.Storefront;

/// <summary>Asks for another mail that lets the shopper confirm the account's address.</summary>
public static class AskConfirmation
{
    public static async Task<IResult> Handle(ShopApi api, Session session, CancellationToken stop)
    {
        if (!session.IsSignedIn) return Show.Next("/login?returnUrl=/account");
        var answer = await api.AskEmailConfirmation(stop);
        return answer switch
        {
            { Ok: true } => Show.Next("/account?mail=sent"),
            { Code: "email_already_confirmed" } => Show.Next("/account"),
            { Code: "too_many_requests" } => Show.Next("/account?mail=enough"),
            _ => throw new PartDownException(Texts.PartPostRoom, answer.Status),
        };
    }
}
