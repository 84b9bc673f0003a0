namespace Stoa.Backoffice;

/// <summary>What was done to an account or a webhook, by whom, as pages show it. Pure.</summary>
public static class ChangeLog
{
    /// <param name="At">When.</param>
    /// <param name="What">What was done.</param>
    /// <param name="Difference">How it stood before and after.</param>
    /// <param name="Who">Who; null for the store itself.</param>
    public sealed record Entry(DateTimeOffset At, string What, string Difference, string? Who);

    /// <param name="changes">Null: they could not be asked.</param>
    /// <returns>Null where the changes are.</returns>
    public static Entry[]? Of(IEnumerable<Change>? changes, StaffMember[] staff) =>
        changes is null ? null : [.. changes.Select(change => new Entry(change.At, Words(change.Action), Facts.Difference(change.Before, change.After), change.By is { } by ? Name(by, staff) : null))];

    /// <summary>A member of staff's name; someone who left keeps a place without one.</summary>
    public static string Name(Guid id, StaffMember[] staff) => Array.Find(staff, one => one.Id == id)?.Name ?? "former staff";

    /// <summary>An action as a service names it, as a word at the beginning of a line.</summary>
    public static string Words(string action) => action.Length == 0 ? action : char.ToUpperInvariant(action[0]) + action[1..].Replace('_', ' ');
}
