namespace Stoa.Storefront;

/// <summary>Takes an address out of the shopper's book; orders that go there still do.</summary>
public static class RemoveAddress
{
    public static async Task<IResult> Handle(Guid id, ShopApi api, Session session, CancellationToken stop)
    {
        if (!session.IsSignedIn) return Show.Next(ShowAddresses.LogInFirst);
        var answer = await api.RemoveAddress(id, stop);
        return answer.Ok || answer.Status is 404 ? Show.Next("/account/addresses") : throw new PartDownException(Texts.PartAddressBook, answer.Status);
    }
}
