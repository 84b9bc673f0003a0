using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>The record of what staff did to a delivery or a message.</summary>
public static class StaffActions
{
    /// <summary>Writes one down, in the transaction that does it.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="who">The record's id, and the member of staff.</param>
    /// <param name="thingId">The webhook's, or what the message is about.</param>
    /// <param name="action">What was done.</param>
    /// <param name="before">How it stood; nothing personal, nothing secret.</param>
    /// <param name="after">How it stands now.</param>
    public static Task Record(Transaction tx, (Guid RecordId, Guid StaffId) who, Guid thingId, string action, object before, object after)
    {
        ArgumentNullException.ThrowIfNull(tx);
        return tx.Execute("INSERT INTO staff_actions (id, thing_id, at, actor_id, action, before, after) VALUES (@RecordId, @thingId, @Now, @StaffId, @action, @before, @after)",
            new { who.RecordId, thingId, tx.Now, who.StaffId, action, before = Json.Write(before), after = Json.Write(after) });
    }
}
