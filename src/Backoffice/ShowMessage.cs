using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>One message: to whom it goes, what it says without its link, how it went; and, where that is of use, once more.</summary>
public static class ShowMessage
{
    public static string Link(Guid subjectId, string kind) => $"{Office.Path}/messages/{subjectId}/{kind}";

    public static Task<IResult> Handle(Guid subjectId, string kind, string? done, MessagesApi messages, OfficeApi api, CancellationToken stop) =>
        Page(subjectId, kind, done is not null, null, messages, api, stop);

    public static async Task<IResult> SendAgain(Guid subjectId, string kind, MessagesApi messages, OfficeApi api, CancellationToken stop) =>
        await messages.SendAgain(subjectId, kind, stop) switch
        {
            { Ok: true } => Show.Next(Link(subjectId, kind) + "?done=again"),
            { Status: 404 } => Show.NotFound(),
            ({ IsDown: true } or { Status: 401 }) and var down => throw new PartDownException("This message", down.Status),
            var answer => await Page(subjectId, kind, false, answer.Refusal, messages, api, stop, answer.Status),
        };

    private static async Task<IResult> Page(Guid subjectId, string kind, bool done, Refusal? refused, MessagesApi messages, OfficeApi api, CancellationToken stop, int status = 200)
    {
        var (message, staff) = (messages.Find(subjectId, kind, stop), api.Staff(stop));
        await Task.WhenAll(message, staff);
        if ((await message).Status is 404) return Show.NotFound();
        var shown = (await message).Needed("This message");
        return Show.Page<MessagePage>(new { Shown = shown, History = ChangeLog.Of(shown.History, await staff), Done = done, Refused = refused }, status);
    }
}
