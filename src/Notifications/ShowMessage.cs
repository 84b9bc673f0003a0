using System.Text.Json;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>One message: to whom it goes and what it says, asked of their owners now, without the link that it holds; and who
/// had it sent again.</summary>
public static class ShowMessage
{
    /// <param name="Message">How it stands.</param>
    /// <param name="Mail">To whom it goes and what it says; null when there is nobody to write to or nothing to say any more, or the owners do not answer.</param>
    /// <param name="MailIsUnknown">The owners do not answer now.</param>
    /// <param name="History">What staff did, newest first.</param>
    public sealed record View(StoredMessage.View Message, MailView? Mail, bool MailIsUnknown, Change[] History);

    /// <param name="Email">To whom.</param>
    /// <param name="Name">The name, if known.</param>
    /// <param name="Language">In which language.</param>
    /// <param name="Subject">The subject line.</param>
    /// <param name="Text">What it says, without its link.</param>
    public sealed record MailView(string Email, string? Name, string Language, string Subject, string Text);

    /// <param name="By">The member of staff.</param>
    /// <param name="At">When.</param>
    /// <param name="Action">What was done.</param>
    /// <param name="Before">How it stood.</param>
    /// <param name="After">How it stood then.</param>
    public sealed record Change(Guid By, DateTimeOffset At, string Action, JsonElement Before, JsonElement After);

    public static async Task<IResult> Handle(Guid subjectId, string kind, HttpResponse response, WriteMessage write, Database database, CancellationToken stop)
    {
        response.Headers.CacheControl = "no-store";
        if (await StoredMessage.Find(database, subjectId, kind, stop: stop) is not { } message) return Problem.NotFound();
        var (mail, isUnknown) = await Mail(message, write, stop);
        var rows = await database.Query<Row>("SELECT at, actor_id, action, before, after FROM staff_actions WHERE thing_id = @subjectId ORDER BY id DESC", new { subjectId }, stop);
        return Results.Ok(new View(message.Show(), mail, isUnknown,
            [.. rows.Select(row => new Change(row.ActorId, row.At, row.Action, Json.Read<JsonElement>(row.Before), Json.Read<JsonElement>(row.After)))]));
    }

    private static async Task<(MailView? Mail, bool IsUnknown)> Mail(StoredMessage message, WriteMessage write, CancellationToken stop)
    {
        try
        {
            return await write.Preview(message.ToWrite(), stop) is var (envelope, letter)
                ? (new MailView(envelope.Email, envelope.Recipient, letter.Wording.Language, letter.Subject, LetterText.Write(letter)), false)
                : (null, false);
        }
        catch (UnavailableException)
        {
            return (null, true); // its state is ours to tell all the same
        }
    }

    private sealed record Row(DateTimeOffset At, Guid ActorId, string Action, string Before, string After);
}
