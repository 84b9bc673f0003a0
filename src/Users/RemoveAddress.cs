using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Takes an address out of the user's book.</summary>
public static class RemoveAddress
{
    public static async Task<IResult> Handle(Guid id, Buyer buyer, Database database, CancellationToken stop)
    {
        var removed = await database.Write(tx => tx.Execute("DELETE FROM addresses WHERE user_id = @buyerId AND id = @id", new { buyerId = buyer.Id, id }), stop);
        return removed == 1 ? Results.NoContent() : AddressBook.NotThere();
    }
}
