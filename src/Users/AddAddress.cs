using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Writes an address into the user's book. One that stands there already is answered as it stands, so that a
/// request that is sent again adds nothing.</summary>
public static class AddAddress
{
    public static async Task<IResult> Handle(AddressRequest request, Buyer buyer, HttpResponse response, Database database, Entropy entropy, CancellationToken stop)
    {
        if (request.Check() is { } problem) return problem;
        response.Headers.CacheControl = "no-store";
        var address = request.ToAddress(entropy.NewId());
        return await database.Write(tx => Add(tx, buyer.Id, address), stop);
    }

    private static async Task<IResult> Add(Transaction tx, Guid userId, SavedAddress address)
    {
        if (!await AddressBook.Lock(tx, userId)) return ShowProfile.Gone();
        var book = await AddressBook.Of(tx, userId);
        if (book.Find(known => known with { Id = address.Id, IsDefault = address.IsDefault } == address) is { } same) return await Again(tx, userId, same, address.IsDefault);
        if (book.Count >= AddressBook.Most) return Problem.Of(409, "too_many_addresses", $"An address book holds at most {AddressBook.Most} addresses: remove one first.");
        await AddressBook.Save(tx, userId, address);
        return Results.Created($"/api/users/me/addresses/{address.Id}", address);
    }

    private static async Task<IResult> Again(Transaction tx, Guid userId, SavedAddress known, bool asDefault)
    {
        var kept = known with { IsDefault = known.IsDefault || asDefault };
        if (kept != known) await AddressBook.Save(tx, userId, kept);
        return Results.Ok(kept);
    }
}
