using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Writes an address of the user's book anew, whole.</summary>
public static class ReplaceAddress
{
    public static async Task<IResult> Handle(Guid id, AddressRequest request, Buyer buyer, HttpResponse response, Database database, CancellationToken stop)
    {
        if (request.Check() is { } problem) return problem;
        response.Headers.CacheControl = "no-store";
        return await database.Write(tx => Replace(tx, buyer.Id, request.ToAddress(id)), stop);
    }

    private static async Task<IResult> Replace(Transaction tx, Guid userId, SavedAddress address)
    {
        if (!await AddressBook.Lock(tx, userId)) return ShowProfile.Gone();
        if (await AddressBook.Find(tx, userId, address.Id) is null) return AddressBook.NotThere();
        await AddressBook.Save(tx, userId, address);
        return Results.Ok(address);
    }
}
