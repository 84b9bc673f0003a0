namespace Stoa.Notifications;

/// <summary>The types of events that a webhook may want.</summary>
public static class ListWebhookTypes
{
    public sealed record View(IReadOnlyList<string> Items);

    public static View Handle() => new(NoteDeliveries.Types);
}
