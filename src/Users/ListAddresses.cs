using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Shows a user's own address book, the latest first; or one address of it.</summary>
public static class ListAddresses
{
    public static async Task<IResult> Handle(Buyer buyer, PageRequest page, HttpResponse response, Database database, CancellationToken stop)
    {
        response.Headers.CacheControl = "no-store";
        var rows = await AddressBook.Of(database, buyer.Id, page.CursorId(), page.Limit + 1, stop);
        return Results.Ok(page.Answer(rows, address => address, address => [address.Id.ToString()]));
    }

    public static async Task<IResult> One(Guid id, Buyer buyer, HttpResponse response, Database database, CancellationToken stop)
    {
        response.Headers.CacheControl = "no-store";
        return await AddressBook.Find(database, buyer.Id, id, stop) is { } address ? Results.Ok(address) : AddressBook.NotThere();
    }
}
