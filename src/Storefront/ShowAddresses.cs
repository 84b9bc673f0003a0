using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>The shopper's address book.</summary>
public static class ShowAddresses
{
    public const string LogInFirst = "/login?returnUrl=/account/addresses";

    public static async Task<IResult> Handle(string? saved, ShopApi api, Session session, CancellationToken stop)
    {
        if (!session.IsSignedIn) return Show.Next(LogInFirst);
        var book = Sorted((await api.Addresses(stop)).Needed(Texts.PartAddressBook));
        return Show.Page<AddressesPage>(new { Book = book, Saved = saved is not null });
    }

    /// <summary>The one to offer first comes first, then the latest.</summary>
    public static SavedAddress[] Sorted(ListPage<SavedAddress>? book) => [.. (book?.Items ?? []).OrderByDescending(address => address.IsDefault)];
}
