using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>What was written to whom, newest first, and how it went.</summary>
public static class ShowMessages
{
    public static async Task<IResult> Handle(string? status, string? cursor, MessagesApi api, CancellationToken stop)
    {
        var state = status is "waiting" or "sent" or "failed" or "undeliverable" ? status : null;
        return Show.Page<MessagesPage>(new { Messages = (await api.List(state, cursor, stop)).Needed("The list of messages"), Status = state, Cursor = cursor });
    }
}
