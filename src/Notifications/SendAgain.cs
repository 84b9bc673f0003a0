using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Staff have a message sent once more: one that was given up, or one that its reader says did not arrive. It waits
/// anew for three days, under another Message-ID. What waits already is tried by itself.</summary>
public static class SendAgain
{
    public static Task<IResult> Handle(Guid subjectId, string kind, Buyer staff, Entropy entropy, Database database, CancellationToken stop)
    {
        var who = (entropy.NewId(), staff.Id);
        return database.Write(async tx =>
        {
            if (await StoredMessage.Find(tx, subjectId, kind, tx.Lock) is not { } read) return Problem.NotFound();
            if (!read.CanBeSentAgain) return Refusal(read);
            var again = read with { Status = "waiting", Attempts = 0, Times = read.Times + 1, AgainAt = tx.Now, NextAttemptAt = tx.Now, LastFault = null };
            await tx.Execute("""
                UPDATE messages SET status = @Status, attempts = @Attempts, times = @Times, again_at = @AgainAt, next_attempt_at = @NextAttemptAt, last_fault = NULL
                WHERE subject_id = @SubjectId AND kind = @Kind
                """, again);
            await StaffActions.Record(tx, who, subjectId, "send_again", new { read.Status, read.Attempts, read.Times }, new { again.Status, again.Attempts, again.Times });
            return (IResult)Results.Accepted((string?)null, again.Show());
        }, stop);
    }

    private static IResult Refusal(StoredMessage message) => Problem.Of(409, "message_not_repeatable", message.Status switch
    {
        "waiting" => "It waits already and is tried by itself.",
        "undeliverable" => "There is nobody to write to, or nothing to say any more.",
        _ => "Its link would have ended. Its reader asks for another.",
    });
}
