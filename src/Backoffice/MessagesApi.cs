namespace Stoa.Backoffice;

/// <summary>The mails that were written, or are to be.</summary>
public sealed class MessagesApi(ApiCaller caller)
{
    public Task<ApiAnswer<ListPage<Message>>> List(string? status, string? cursor, CancellationToken stop) => caller.Get<ListPage<Message>>(
        "/api/messages?limit=50" + (status is null ? "" : $"&status={Uri.EscapeDataString(status)}") + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}"), stop);

    public Task<ApiAnswer<MessageAndMail>> Find(Guid subjectId, string kind, CancellationToken stop) => caller.Get<MessageAndMail>(Path(subjectId, kind), stop);

    public Task<ApiAnswer<Message>> SendAgain(Guid subjectId, string kind, CancellationToken stop) => caller.Post<Message>(Path(subjectId, kind) + "/send-again", new { }, stop);

    private static string Path(Guid subjectId, string kind) => $"/api/messages/{subjectId}/{Uri.EscapeDataString(kind)}";
}

/// <summary>A mail's state; to whom it goes and what it says is asked for one at a time.</summary>
public sealed record Message(
    Guid SubjectId, string Kind, Guid? OrderId, string Status, int Attempts, int Times, DateTimeOffset CreatedAt, DateTimeOffset? SentAt, DateTimeOffset? NextAttemptAt, string? LastFault, bool CanBeSentAgain);

public sealed record Mail(string Email, string? Name, string Language, string Subject, string Text);

public sealed record MessageAndMail(Message Message, Mail? Mail, bool MailIsUnknown, Change[] History);
