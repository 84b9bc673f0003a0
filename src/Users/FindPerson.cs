using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Whom to write to, for services that write. Asked when the mail is written, and kept nowhere else (E8).</summary>
public static class FindPerson
{
    public static async Task<IResult> Handle(Guid id, Database database, CancellationToken stop) =>
        await Account.Find(database, id, stop) is { } account ? Results.Ok(new Person(account.Id, account.Name, account.Email)) : Problem.NotFound();
}
