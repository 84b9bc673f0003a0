using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Whoever was invited to be staff chooses a password, by the mailed token, once.</summary>
public static class AcceptInvitation
{
    public static async Task<IResult> Handle(
        CompletePasswordReset.Request request, Database database, Passwords passwords, Entropy entropy, TimeProvider clock, CancellationToken stop)
    {
        if (new Validation().Password(request.Password).Problem is { } problem) return problem;
        var recordId = entropy.NewId();
        return await CompletePasswordReset.Choose(MailedLinks.StaffInvitation, request, Record, database, passwords, clock, stop) ? Results.NoContent()
            : Problem.Of(400, "invitation_token_invalid", "This invitation has been used, replaced by a newer one, or is older than a week. Ask an admin for another.");

        Task Record(Transaction tx, Account before, Account after) =>
            AccountChanges.Record(tx, new(recordId, after.Id, OfStaff: true, By: after.Id, "accept_invitation"), before, after);
    }
}
